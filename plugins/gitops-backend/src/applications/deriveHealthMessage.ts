import { type HealthStatus } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoResource } from '../argocd/schema';
import { toHealthStatus } from './mapApplication';

/** From the best to the worst, for people who look for a cause. */
const BY_SEVERITY: readonly HealthStatus[] = [
  'Healthy',
  'Unknown',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
];

const PLAIN_WORDS: Record<string, string> = {
  Missing: 'is not in the cluster yet',
  Progressing: 'is not ready yet',
  Suspended: 'is suspended',
  Degraded: 'is degraded',
};

/** Why an application is not healthy: what its worst resource says. */
export function deriveHealthMessage(
  resources: readonly ArgoResource[],
): string | undefined {
  const [worst] = resources
    .filter(({ health }) => severity(health?.status) > 0 && health?.status)
    .sort(
      (a, b) =>
        severity(b.health?.status) - severity(a.health?.status) ||
        Number(Boolean(b.health?.message)) - Number(Boolean(a.health?.message)),
    );
  if (!worst) {
    return undefined;
  }
  const name = [worst.kind, worst.name].filter(Boolean).join(' ');
  const words =
    worst.health?.message || PLAIN_WORDS[worst.health?.status ?? ''];
  return words ? `${name}: ${words}` : undefined;
}

function severity(word: string | null | undefined): number {
  return BY_SEVERITY.indexOf(toHealthStatus(word));
}
