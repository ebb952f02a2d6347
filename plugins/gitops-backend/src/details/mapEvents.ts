import { type DeploymentEvent } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoEvent } from '../argocd/detailSchema';
import { toPublicText } from '../deployments/toPublicText';

/** Translates what Kubernetes and Argo CD noted, newest first. */
export function mapEvents(events: readonly ArgoEvent[]): DeploymentEvent[] {
  return events
    .map(mapEvent)
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}

function mapEvent(event: ArgoEvent): DeploymentEvent {
  const at = event.lastTimestamp || event.eventTime || event.firstTimestamp;
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: toPublicText(event.message ?? ''),
    ...resourceOf(event),
    count: event.count || 1,
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
