/* eslint-disable tsdoc/syntax -- `@visibility` is a tag of Backstage's configuration schemas. */
export interface Config {
  /** Callboard: where services are deployed, and how that is written down in Git. */
  gitops?: {
    /**
     * The environments, in order of promotion. A new service is registered for
     * the first one.
     */
    environments?: Array<{
      /**
       * A Kubernetes name, for example `dev`; also the name of its overlay. No
       * two may make one name of two services, as `prod` and `eu-prod` would.
       */
      name: string;
      /** Web address of the platform repository, which Argo CD watches. */
      platformRepo: string;
      /** Folder of the environment's `kustomization.yaml` in the platform repository. */
      path: string;
      /**
       * Which files a registration touches: `multi-repo`, another built-in
       * layout, or one of `gitops.layouts`. Default: `multi-repo`.
       */
      layout?: string;
      /**
       * Instead of `layout`, where whoever registers a service may choose: the
       * layouts to choose from, the one that is used otherwise first. A remote
       * base is possible only where the environment has one cluster.
       */
      layouts?: string[];
      /**
       * How changes are written: `commit` writes to the platform repository's
       * branch, `pull-request` leaves it to a person to merge.
       */
      write: 'commit' | 'pull-request';
      /**
       * AppProject of the environment's Applications; not `default`, which
       * allows everything.
       */
      project: string;
      /** The clusters it runs on; at least one. */
      clusters: Array<{
        /** A Kubernetes name, for example `prod-eu1`. */
        name: string;
        /** Name of the Argo CD instance that deploys to it, of `argocd.appLocatorMethods`. */
        instance: string;
        /**
         * Folder of the cluster's own `kustomization.yaml`. Default: the
         * environment's. Clusters that share a folder share an instance.
         */
        path?: string;
        /** The cluster's API address, as Argo CD knows it. */
        destination: string;
        /** Shown to people, for example `location: eu`. */
        labels?: { [name: string]: string };
      }>;
    }>;

    /** Layouts of your own, by name; see the README of gitops-node. */
    layouts?: { [name: string]: object };

    /**
     * Which repositories are services' own, as web addresses in which `*`
     * stands for any characters but `/`. Only these can be registered.
     */
    serviceRepositories?: string[];

    /**
     * Whose the applications of an AppProject are, by the project's name:
     * references of groups or users. Entities that they own may show details of
     * these applications, and act on them.
     */
    projectOwners?: { [project: string]: string | string[] };

    /** Where templates create the repositories of new services. */
    newRepositories?: {
      /** Web address of the organisation, for example `https://github.com/acme`. */
      url: string;
      /** Prefix of image names, for example `ghcr.io/acme`. */
      registry: string;
    };

    /** What the portal writes down of what happens to applications. */
    observations?: {
      /**
       * For how long that is kept, between one day and ten years: `180d`,
       * `P180D` or an object. Default: 180 days.
       */
      retention?:
        | string
        | {
            years?: number;
            months?: number;
            weeks?: number;
            days?: number;
            hours?: number;
          };
    };

    /**
     * What the permission framework says of lists of deployments. Single
     * deployments, and everything that is done, are asked anew each time.
     */
    permissionCache?: {
      /**
       * For how long that is remembered for a person: `5s`, `PT5S` or an
       * object, at most a minute. 0 asks for every list. Default: 5 seconds.
       */
      ttl?: string | { minutes?: number; seconds?: number };
    };

    argocd?: {
      /**
       * The address at which the backend reaches an instance's API, by the
       * instance's name, where it differs from the instance's `url`. It is
       * never sent to a browser.
       */
      apiUrls?: {
        [instance: string]: string;
      };
      /**
       * Which applications Argo CD is asked for, by the instance's name, where
       * they are not all that the account may see. Those of the platform
       * repositories' own folders have to be among them.
       */
      scopes?: {
        [instance: string]: {
          /** Names of AppProjects. */
          projects?: string[];
          /** A label selector, for example `team in (shop, web)`. */
          selector?: string;
        };
      };
    };

    /**
     * A short text above every page, for example to tell a test system apart.
     *
     * @visibility frontend
     */
    banner?: string;
  };

  /**
   * The Argo CD instances: the configuration of Roadie's Argo CD plugin, of
   * which other keys are left alone.
   */
  argocd?: {
    /** User of all instances that have none of their own and no token. */
    username?: string;
    /**
     * Password of `username`.
     *
     * @visibility secret
     */
    password?: string;
    /** Only those of type `config` are read. */
    appLocatorMethods?: Array<{
      type: string;
      instances?: Array<{
        /** What annotations and `gitops.environments[].clusters[].instance` name. */
        name: string;
        /** Web address of Argo CD; it may have a path. */
        url: string;
        /** Where people open Argo CD, if not at `url`. */
        frontendUrl?: string;
        /**
         * Token of an account with the capability `apiKey`. Preferred to user
         * name and password.
         *
         * @visibility secret
         */
        token?: string;
        /** User of this instance, for those without a token. */
        username?: string;
        /**
         * Password of this instance's user.
         *
         * @visibility secret
         */
        password?: string;
      }>;
    }>;
  };
}
