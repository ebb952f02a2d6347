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
  const { involvedObject: about, count } = event;
  const at = event.lastTimestamp || event.eventTime || event.firstTimestamp;
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: toPublicText(event.message ?? ''),
    ...(about?.kind &&
      about.kind !== 'Application' && {
        resource: {
          kind: about.kind,
          namespace: about.namespace ?? '',
          name: about.name ?? '',
        },
      }),
    count: count || 1,
    ...(at && { at }),
  };
}
