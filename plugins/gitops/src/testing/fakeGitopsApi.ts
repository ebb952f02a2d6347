import { NotImplementedError } from '@backstage/errors';
import {
  type ActionStarted,
  type DeploymentHistory,
  type DeploymentList,
  type DeploymentName,
  type EntityDeploymentsList,
  type EntityStateList,
  type EnvironmentList,
  type GitopsApi,
  type PodName,
  type RegistrationList,
  type ServiceLookup,
  type SetupReport,
  type SyncRequest,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import { type Done, type Question, type World } from './deployments';
import { type Part } from './details';
import { unmatchedList } from './setup';
import { statesIn } from './statesIn';

/** Answers of a world, or what it fails with. */
function answers(world: World) {
  return async <T>(question: Question, value: () => T): Promise<T> => {
    const failure = world.failures[question];
    if (failure === 'never') {
      return new Promise<T>(() => {});
    }
    if (failure) {
      throw await failure();
    }
    return value();
  };
}

/** A backend in memory that answers what the world says at the moment. */
export function fakeGitopsApi(world: World): GitopsApi {
  const answer = answers(world);
  const refuse = async () => {
    throw new NotImplementedError('The fake backend registers nothing');
  };
  return {
    getEnvironments: () =>
      answer<EnvironmentList>('environments', () => ({
        items: world.environments,
        newRepositories: { url: 'https://github.test/acme' },
      })),
    getService: name => {
      world.lookedUp.push(name);
      return answer<ServiceLookup>('service', () => ({
        name,
        repository: {
          url: `https://github.test/acme/${name}`,
          exists: world.services.includes(name),
        },
      }));
    },
    getDeployments: () => {
      world.asked += 1;
      return answer<DeploymentList>('deployments', () => ({
        items: world.deployments,
        sources: world.sources,
        channel: 'gitops:deployments:cart',
        pulse: world.pulse,
      }));
    },
    getRegistrations: () =>
      answer<RegistrationList>('registrations', () => ({
        items: world.registrations,
        sources: world.registrationSources,
      })),
    ...manyEntitiesApi(world),
    ...detailsApi(world),
    ...actionsApi(world),
    ...setupApi(world),
    register: refuse,
    deregister: refuse,
  };
}

type ManyEntitiesApi = Pick<
  GitopsApi,
  'getDeploymentsOf' | 'getEntitiesByState'
>;

function manyEntitiesApi(world: World): ManyEntitiesApi {
  const answer = answers(world);
  return {
    getDeploymentsOf: entityRefs => {
      world.askedOf.push(entityRefs);
      return answer<EntityDeploymentsList>('deployments', () => ({
        items: entityRefs.map(entityRef => ({
          entityRef,
          deployments: world.deploymentsOf[entityRef] ?? [],
          channel: `gitops:deployments:${entityRef}`,
        })),
        sources: world.sources,
        pulse: world.pulse,
      }));
    },
    getEntitiesByState: query => {
      world.askedByState.push(query);
      return answer<EntityStateList>('states', () => ({
        ...statesIn(world.deploymentsOf, query),
        sources: world.sources,
        channel: 'gitops:states',
        pulse: world.pulse,
      }));
    },
  };
}

function setupApi(world: World): Pick<GitopsApi, 'getSetup' | 'getUnmatched'> {
  const answer = answers(world);
  return {
    getSetup: ({ fresh = false } = {}) => {
      world.setupAsked.push(fresh);
      return answer<SetupReport>('setup', () => world.setup);
    },
    getUnmatched: (query = {}) =>
      answer<UnmatchedList>('unmatched', () =>
        unmatchedList(world.unmatched, world.sources, query),
      ),
  };
}

const PREVIOUS_LOG = {
  lines: [{ text: 'panic: no configuration: /etc/cart/cart.yaml' }],
};

const PAGE = 10;

function detailsApi(world: World) {
  const part = <K extends Part>(name: K) => {
    world.askedFor.push(name);
    return answers(world)(name, () => world.details[name]);
  };
  return {
    getDeploymentDetail: () => part('detail'),
    getDeploymentResources: () => part('resources'),
    getDeploymentDiff: () => part('diff'),
    getDeploymentEvents: () => part('events'),
    getDeploymentHistory: (_: DeploymentName, page?: { cursor?: string }) =>
      part('history').then(all => pageOf(all, page?.cursor)),
    getSyncWindows: () => part('windows'),
    getRevisionOrigins: () => part('origins'),
    getPodLog: async (_name: DeploymentName, pod: PodName) => {
      const log = await part('log');
      return { ...log, pod: pod.name, ...(pod.previous && PREVIOUS_LOG) };
    },
  };
}

/** Ten at a time; the cursor is how many came before. */
function pageOf(
  history: DeploymentHistory,
  cursor: string = '0',
): DeploymentHistory {
  const from = Number(cursor);
  const items = history.items.slice(from, from + PAGE);
  return {
    ...history,
    items,
    ...(history.items.length > from + PAGE && { nextCursor: `${from + PAGE}` }),
  };
}

function actionsApi(world: World) {
  const act = (done: Done) => {
    return answers(world)('action', (): ActionStarted => {
      world.done.push(done);
      return { started: true };
    });
  };
  return {
    syncDeployment: ({ name }: DeploymentName, request: SyncRequest) =>
      act({ action: 'sync', application: name, request }),
    refreshDeployment: ({ name }: DeploymentName, kind: 'normal' | 'hard') =>
      act({ action: kind, application: name }),
    terminateOperation: ({ name }: DeploymentName) =>
      act({ action: 'terminate', application: name }),
  };
}
