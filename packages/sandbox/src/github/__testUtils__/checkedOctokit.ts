import { Octokit } from '@octokit/rest';
import { type GithubContract } from './githubContract';

/**
 * GitHub's own client, every answer of which is held against GitHub's
 * description of it.
 */
export function checkedOctokit(options: {
  url: string;
  token?: string;
  contract: GithubContract;
  violations: string[];
}): Octokit {
  const baseUrl = `${options.url}/api/v3`;
  return new Octokit({
    baseUrl,
    ...(options.token && { auth: options.token }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: {
      fetch: async (url: string, init: RequestInit) => {
        const response = await fetch(url, init);
        const json = response.headers.get('content-type')?.includes('json');
        const body: unknown = json ? await response.clone().json() : '';
        options.violations.push(
          ...options.contract.check({
            method: init.method ?? 'GET',
            path: new URL(url).pathname.slice('/api/v3'.length),
            status: response.status,
            body,
          }),
        );
        return response;
      },
    },
  });
}
