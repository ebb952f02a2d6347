import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { conditionMessage } from '../deployments/deriveSyncMessage';
import { toPublicText } from '../deployments/toPublicText';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';

interface Surroundings {
  /** All that are known. */
  readonly applications: readonly Application[];
  readonly isRead: (instance: string) => boolean;
  /** Of the platform repository; absent where it cannot be read. */
  readonly defaultBranch?: string;
}

/** Whether Argo CD applies the folders of an environment. */
export function deriveRootChecks(
  environment: EnvironmentConfig,
  surroundings: Surroundings,
): NamedOutcome[] {
  const places = new Map(
    environment.clusters.map(({ instance, path }) => [
      `${instance}:${path}`,
      { instance, path },
    ]),
  );
  return [...places.values()].map(({ instance, path }) =>
    named(
      `root@${instance}:${path}`,
      `Root application of ${path} in Argo CD (${instance})`,
      checkRoot(environment, { instance, path }, surroundings),
    ),
  );
}

function checkRoot(
  environment: EnvironmentConfig,
  { instance, path }: { instance: string; path: string },
  surroundings: Surroundings,
): Outcome {
  const roots = surroundings.applications.filter(application =>
    hasSource(application, environment.platformRepo, path),
  );
  const [root, ...others] = roots.filter(
    application => application.instance === instance,
  );
  if (root) {
    return judgeRoot(root, { others, ...surroundings });
  }
  if (!surroundings.isRead(instance)) {
    return unknown(`Argo CD (${instance}) has not been read yet.`);
  }
  const [elsewhere] = roots;
  return elsewhere
    ? problem(
        `${elsewhere.name} applies that folder, but on Argo CD (${elsewhere.instance}).`,
        {
          text: `Name ${elsewhere.instance} as the instance of the cluster in gitops.environments, or apply the root application on ${instance} instead.`,
        },
      )
    : problem(
        'No Application that the portal can see applies that folder, so what is registered there is never deployed.',
        {
          text: 'Apply a root application once, or let the account of the portal read it if there is one.',
          snippets: [
            {
              place: 'kubectl apply -f -',
              text: rootManifest(environment, path),
            },
          ],
        },
      );
}

function judgeRoot(
  root: Application,
  surroundings: Surroundings & { others: readonly Application[] },
): Outcome {
  const { defaultBranch, others } = surroundings;
  const [other] = others;
  if (other) {
    return problem(
      `${root.name} and ${other.name} apply the same folder, and take its Applications from each other.`,
      { text: 'Delete one of them, without its resources.' },
    );
  }
  const trouble = conditionMessage(root);
  if (trouble) {
    return problem(
      `${
        root.name
      } cannot be applied, so changes of the folder have no effect. ${toPublicText(
        trouble,
      )}`,
      { text: 'Repair what Argo CD says; what was deployed goes on running.' },
    );
  }
  const follows = root.sources.map(({ targetRevision }) => targetRevision);
  const branch = follows.find(name => name !== 'HEAD');
  if (defaultBranch && branch && branch !== defaultBranch) {
    return problem(
      `${root.name} follows ${branch}, but the portal writes to ${defaultBranch}.`,
      { text: `Set its targetRevision to ${defaultBranch}.` },
    );
  }
  return judgeHabits(root);
}

function judgeHabits(root: Application): Outcome {
  if (root.project === 'default') {
    return warning(
      `${root.name} is in the AppProject default, which permits everything.`,
      {
        text: 'Give the root applications an AppProject of their own, which permits the platform repository, and of kinds Application and AppProject.',
      },
    );
  }
  return root.automated
    ? ok(`${root.name} applies it.`)
    : warning(
        `${root.name} applies it when somebody syncs it: registrations wait until then.`,
        {
          text: 'Let Argo CD sync it automatically.',
          snippets: [
            {
              place: `Application ${root.name}`,
              text: `spec:\n  syncPolicy:\n    automated:\n      prune: true\n      selfHeal: true\n`,
            },
          ],
        },
      );
}

function hasSource(
  { sources }: Application,
  platformRepo: string,
  folder: string,
): boolean {
  const platform = parseRepositoryAddress(platformRepo);
  return sources.some(({ repo, path }) => {
    const address = parseRepositoryAddress(repo);
    return (
      platform !== undefined &&
      address !== undefined &&
      isSameRepository(platform, address) &&
      path === folder
    );
  });
}

function rootManifest(
  { name, platformRepo }: EnvironmentConfig,
  path: string,
): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: root-${name}
  namespace: argocd
spec:
  project: platform
  source:
    repoURL: ${platformRepo}
    path: ${path}
    targetRevision: HEAD
  destination:
    server: https://kubernetes.default.svc
    namespace: argocd
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
`;
}
