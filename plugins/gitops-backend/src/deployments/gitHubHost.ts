import { type ScmIntegrations } from '@backstage/integration';

/** The GitHub that is meant where nothing else tells. */
export function gitHubHost(integrations: ScmIntegrations): string {
  const hosts = integrations.github.list().map(({ config }) => config.host);
  return hosts.find(host => host !== 'github.com') ?? 'github.com';
}
