import {
  type ArgocdApplication,
  type ArgocdHistoryEntry,
  type ArgocdSource,
  type Image,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type Application,
  type ApplicationSource,
  type HistoryEntry,
} from '../applications/Application';
import { type ApplicationDetails } from '../applications/ApplicationDetails';
import { historyOf } from '../applications/history';
import { type FoundDeployment } from '../deployments/DeploymentFinder';
import { toPublicText } from '../deployments/toPublicText';

type Status = ArgocdApplication['status'];

/** What is known about an application, and about its instance. */
interface ApplicationFacts {
  readonly found: Pick<FoundDeployment, 'application' | 'access'>;
  readonly details: ApplicationDetails;
  /** Of the instance's user interface. */
  readonly instanceUrl: string;
  /** How well the instance can be read. */
  readonly source: Source;
}

/**
 * Translates an application back into the shape of Argo CD's API. What goes
 * beyond the status is for those only who may look into it.
 */
export function mapArgocdApplication(
  facts: ApplicationFacts,
): ArgocdApplication {
  const { found, instanceUrl } = facts;
  const { application } = found;
  const { id, name, namespace, instance, project, destination } = application;
  return {
    metadata: {
      name,
      namespace,
      uid: id,
      instance: { name: instance, url: instanceUrl },
    },
    spec: { project, ...mapSources(application), destination },
    status: { ...mapState(application, facts.source), ...mapContent(facts) },
  };
}

function mapState(
  { sync, health, operation, conditions }: Application,
  source: Source,
): Omit<Status, 'history' | 'summary'> {
  const all = [
    ...staleness(source),
    ...conditions.map(({ type, message, since }) => ({
      type,
      message: toPublicText(message),
      ...(since && { lastTransitionTime: since }),
    })),
  ];
  return {
    sync: { status: sync.status },
    health: { status: health.status },
    ...(all.length > 0 && { conditions: all }),
    ...(operation?.startedAt && {
      operationState: {
        phase: operation.phase,
        startedAt: operation.startedAt,
        ...(operation.finishedAt && { finishedAt: operation.finishedAt }),
      },
    }),
  };
}

/** Readers of this shape know no age: that it is old becomes a condition. */
function staleness({
  state,
  message,
  since,
}: Source): Status['conditions'] & {} {
  return state === 'ok'
    ? []
    : [
        {
          type: 'InstanceNotRead',
          message: `${
            message ?? 'Argo CD cannot be read.'
          } This is what was known before.`,
          lastTransitionTime: since,
        },
      ];
}

function mapContent({
  found: { application, access },
  details,
}: ApplicationFacts): Pick<Status, 'history' | 'summary'> {
  return access.may.includes('detail')
    ? {
        history: historyOf(application).flatMap(mapHistoryEntry),
        summary: { images: (details.live?.images ?? []).map(formatImage) },
      }
    : { history: [], summary: { images: [] } };
}

function mapHistoryEntry(entry: HistoryEntry): ArgocdHistoryEntry[] {
  const { id, startedAt, at, revisions } = entry;
  const [first, ...others] = revisions;
  if (!first) {
    return [];
  }
  const times = {
    ...(startedAt && { deployStartedAt: startedAt }),
    ...(at && { deployedAt: at }),
  };
  return others.length > 0
    ? [
        {
          id,
          revisions: revisions.map(({ value }) => value),
          sources: revisions.map(mapRevisionSource),
          ...times,
        },
      ]
    : [
        {
          id,
          revision: first.value,
          source: mapRevisionSource(first),
          ...times,
        },
      ];
}

function mapRevisionSource({
  repo,
  chart,
}: HistoryEntry['revisions'][number]): ArgocdSource {
  return { repoURL: toPublicText(repo), ...(chart && { chart }) };
}

function mapSources({
  sources,
}: Application): Pick<ArgocdApplication['spec'], 'source' | 'sources'> {
  const mapped = sources.map(mapSource);
  const [first, ...others] = mapped;
  return others.length > 0
    ? { sources: mapped }
    : { ...(first && { source: first }) };
}

function mapSource(source: ApplicationSource): ArgocdSource {
  const { repo, path, chart, targetRevision } = source;
  return {
    repoURL: toPublicText(repo),
    ...(path && { path }),
    ...(chart && { chart }),
    targetRevision,
  };
}

function formatImage({ name, tag, digest }: Image): string {
  return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}
