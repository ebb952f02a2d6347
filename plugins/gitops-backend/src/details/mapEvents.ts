import {
  type DeploymentEvent,
  type DeploymentEventList,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgoEvent } from '../argocd/detailSchema';
import { toPublicText } from '../deployments/toPublicText';
import { type Told, whyUntold } from './Told';
import { type EventSubject } from './deriveTroubledNodes';

/** What was asked about events, and what came back. */
interface EventAnswers {
  /** Of the application itself. */
  readonly own: Told<readonly ArgoEvent[]>;
  /** In which objects that are in trouble are looked for. */
  readonly tree: Told<unknown>;
  readonly ofObjects: readonly {
    readonly subject: EventSubject;
    readonly events: Told<readonly ArgoEvent[]>;
  }[];
  /** How many objects in trouble there are. */
  readonly troubled: number;
}

/**
 * Puts together what was told of the application and of its objects, and says
 * what may be missing.
 */
export function mapEventList(answers: EventAnswers): DeploymentEventList {
  const { own, ofObjects } = answers;
  const events = [own, ...ofObjects.map(each => each.events)].flatMap(
    ({ value }) => value ?? [],
  );
  const incomplete = whatIsMissing(answers).join(' ');
  return { items: mapEvents(events), ...(incomplete && { incomplete }) };
}

function whatIsMissing({
  own,
  tree,
  ofObjects,
  troubled,
}: EventAnswers): string[] {
  const [unread, ...others] = ofObjects.flatMap(({ subject, events }) =>
    events.failure ? [{ subject, failure: events.failure }] : [],
  );
  const more = others.length > 0 ? `${others.length} more and ` : '';
  return [
    own.failure &&
      `The application's own could not be read: ${whyUntold(own.failure)}`,
    tree.failure &&
      `Its objects could not be asked for theirs: ${whyUntold(tree.failure)}`,
    unread &&
      `Not read are those of ${more}${unread.subject.kind} ${
        unread.subject.name
      }: ${whyUntold(unread.failure)}`,
    troubled > ofObjects.length &&
      `Of its objects in trouble, only the ${ofObjects.length} newest of ${troubled} were asked for theirs.`,
  ].flatMap(each => each || []);
}

/**
 * Translates what Kubernetes and Argo CD noted, newest first; what is told more
 * than once is there once.
 */
export function mapEvents(events: readonly ArgoEvent[]): DeploymentEvent[] {
  const mapped = events.map(mapEvent);
  const distinct = new Map(
    mapped.map(event => [JSON.stringify({ ...event, count: 0 }), event]),
  );
  return [...distinct.values()].sort((a, b) =>
    (b.at ?? '').localeCompare(a.at ?? ''),
  );
}

function mapEvent(event: ArgoEvent): DeploymentEvent {
  const { series } = event;
  // Of newer components only the series tells how often, and when last.
  const at =
    series?.lastObservedTime ||
    event.lastTimestamp ||
    event.eventTime ||
    event.firstTimestamp;
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: toPublicText(event.message ?? ''),
    ...resourceOf(event),
    count: series?.count || event.count || 1,
    ...(at && { at }),
  };
}

/** What it is about, if it is not the application itself. */
function resourceOf({
  involvedObject: about,
}: ArgoEvent): Pick<DeploymentEvent, 'resource'> {
  if (!about?.kind || about.kind === 'Application') {
    return {};
  }
  const { kind, namespace, name } = about;
  return {
    resource: { kind, namespace: namespace ?? '', name: name ?? '' },
  };
}
