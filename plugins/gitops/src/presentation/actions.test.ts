import { type DeploymentVerb } from '@callboard/backstage-plugin-gitops-common';
import { whyOff } from './actions';

const operation = (phase: 'Running' | 'Terminating' | 'Succeeded') => ({
  operation: { phase, dryRun: false, retries: 0, resources: [] },
});
const may = (...verbs: DeploymentVerb[]) => ({ access: { may: verbs } });

describe('whyOff', () => {
  it.each([
    ['sync', may('sync'), /^possible$/],
    ['sync', may('refresh'), /permission gitops\.deployment\.sync\b/],
    ['refresh', may('sync'), /permission gitops\.deployment\.refresh\b/],
    ['hard-refresh', may(), /permission gitops\.deployment\.refresh\b/],
    ['hard-refresh', may('refresh'), /^possible$/],
    [
      'sync',
      { ...may('sync'), detail: operation('Running') },
      /A sync is running/,
    ],
    ['sync', { ...may('sync'), closed: 'The window is closed.' }, /closed/],
    ['terminate', may('terminate'), /not known yet/],
    [
      'terminate',
      { ...may('terminate'), detail: operation('Succeeded') },
      /^No sync is running/,
    ],
    [
      'terminate',
      { ...may('terminate'), detail: operation('Running') },
      /^possible$/,
    ],
    [
      'terminate',
      { ...may('terminate'), detail: operation('Terminating') },
      /already/,
    ],
    [
      'refresh',
      { access: { may: [], unproven: 'Nothing says it is yours.' } },
      /^Nothing says it is yours\.$/,
    ],
  ] as const)('of %s with %j is %s', (action, circumstances, reason) => {
    expect(whyOff(action, circumstances) ?? 'possible').toMatch(reason);
  });
});
