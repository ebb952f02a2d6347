import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import { isRootOf } from '../applications/isRootOf';
import { causeOf, conditionMessage } from '../deployments/deriveSyncMessage';
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
import { type RepositoryFacts } from './RepositoryFacts';
import { isAccessRefused } from './isAccessRefused';
import { listed } from './listed';
import { mentions } from './mentions';
import { remoteBasesOf } from './remoteBasesOf';

type Files = NonNullable<RepositoryFacts['inside']>['files'];
type Bases = ReturnType<typeof remoteBasesOf>;

/**
 * Whether services that are registered as remote bases can be deployed, and
 * follow what is pushed. Only what a kustomization names itself is known; that
 * Argo CD can read it is known by what it says of the root application, since
 * kustomize uses none of Argo CD's credentials but the platform repository's.
 */
export function deriveRemoteBaseChecks(
  environment: EnvironmentConfig,
  known: {
    /** Of the platform repository; absent where they cannot be read. */
    readonly files: Files | undefined;
    readonly applications: readonly Application[];
  },
): NamedOutcome[] {
  const places = new Map(
    environment.clusters.map(cluster => [
      `${cluster.instance}:${cluster.path}`,
      cluster,
    ]),
  );
  return [...places.values()].flatMap(cluster => {
    const { instance, path } = cluster;
    const bases = remoteBasesOf(
      known.files?.get(`${path}/kustomization.yaml`)?.value,
    );
    const root = known.applications.find(application =>
      isRootOf(application, { ...environment, clusters: [cluster] }),
    );
    return bases.length === 0
      ? []
      : named(
          `remote-bases@${instance}:${path}`,
          `Remote bases of ${path} in Argo CD (${instance})`,
          root
            ? judge(root, bases)
            : unknown('The portal sees no root application that applies them.'),
        );
  });
}

function judge(root: Application, bases: Bases): Outcome {
  const refused = judgeAccess(root, bases) ?? judgeFollowing(root, bases);
  if (refused) {
    return refused;
  }
  if (root.sync.revisions.length === 0 || conditionMessage(root)) {
    return unknown(
      `${root.name} is not built at the moment, so nobody can say whether Argo CD can read them.`,
    );
  }
  const moving = movingOf(bases);
  return ok(
    `Argo CD reads ${listed(namesOf(bases))}. ${
      moving.length > 0
        ? `What is pushed to ${listed(
            moving,
          )} takes effect after the hard refresh that the portal asks for, if a webhook tells it of the push.`
        : 'Each of them is pinned.'
    }`,
  );
}

function judgeAccess(root: Application, bases: Bases): Outcome | undefined {
  for (const { message } of root.conditions.filter(each =>
    isAccessRefused(each.message),
  )) {
    const refused = namesOf(bases).filter(name => mentions(message, name));
    if (refused.length > 0) {
      return problem(
        `Argo CD may not read ${listed(refused)}, so ${
          root.name
        } cannot be built, and no service that it deploys is synced. ${toPublicText(
          causeOf(message),
        )}`,
        {
          text: `Give Argo CD credentials for the platform repository that can read it as well: kustomize has no others for remote bases. Or register the service with an Application of its own.`,
          link: {
            title: 'Argo CD: private remote bases',
            url: 'https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/#private-remote-bases',
          },
        },
      );
    }
  }
  return undefined;
}

function judgeFollowing(root: Application, bases: Bases): Outcome | undefined {
  const moving = movingOf(bases);
  return moving.length > 0 && !(root.automated && root.selfHeals)
    ? warning(
        `The entries of ${listed(moving)} follow a branch, but ${
          root.name
        } has no selfHeal. Argo CD does not sync the same revision of the platform repository again without it, so what is pushed to them takes effect when somebody syncs.`,
        {
          text: `Let ${root.name} heal itself, and let the webhook of those repositories reach the portal, which then asks for a hard refresh. Or pin the entries to a commit with ?ref=.`,
          snippets: [
            {
              place: `Application ${root.name}`,
              text: `spec:\n  syncPolicy:\n    automated:\n      prune: true\n      selfHeal: true\n`,
            },
          ],
        },
      )
    : undefined;
}

function movingOf(bases: Bases): string[] {
  return namesOf(bases.filter(({ isFloating }) => isFloating));
}

function namesOf(bases: Bases): string[] {
  return [...new Set(bases.map(({ repository }) => repository))];
}
