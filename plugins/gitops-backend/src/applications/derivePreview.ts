import { type Preview } from '@callboard/backstage-plugin-gitops-common';
import { z } from 'zod/v4';
import { type ArgoApplicationSet } from '../argocd/schema';

const PLACEHOLDER = /\{\{-?\s*([^{}]*?)\s*-?\}\}/;
const NUMBER = /^\.?number$/;
/** The time to match grows with the power of their number. */
const MOST_PLACEHOLDERS = 3;
const REPOSITORY_PART = /^[\w.-]+$/;
const PROJECT_PATH = /^[\w.-]+(\/[\w.-]+)+$/;

const text = z.string().nullish();

const pullRequestGenerator = z.object({
  github: z
    .object({ owner: z.string(), repo: z.string(), api: text })
    .nullish(),
  gitlab: z.object({ project: z.string(), api: text }).nullish(),
});

const nested = z
  .object({
    get generators() {
      // eslint-disable-next-line @typescript-eslint/no-use-before-define -- they nest in each other
      return z.array(generator).nullish();
    },
  })
  .nullish();

const generator = z.object({
  pullRequest: pullRequestGenerator.nullish(),
  matrix: nested,
  merge: nested,
});

type Generator = z.infer<typeof generator>;
type PullRequestGenerator = z.infer<typeof pullRequestGenerator>;

/**
 * Which pull request an application shows, if the ApplicationSet makes
 * applications of pull requests and of nothing else. Its number is where the
 * template puts it into the name; without that it is not known.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Pull-Request/
 */
export function derivePreview(
  { spec }: ArgoApplicationSet,
  applicationName: string,
): Preview | undefined {
  const generators = z.array(generator).safeParse(spec.generators ?? []).data;
  const ofPullRequests = (generators ?? []).map(pullRequestsOf);
  const [first] = ofPullRequests;
  if (!first || ofPullRequests.some(each => !each)) {
    return undefined;
  }
  const number = numberIn(applicationName, spec.template?.metadata?.name ?? '');
  if (number === undefined) {
    return {};
  }
  const url = ofPullRequests.length === 1 ? webPage(first, number) : undefined;
  return { pullRequest: { number, ...(url && { url }) } };
}

function pullRequestsOf({
  pullRequest,
  matrix,
  merge,
}: Generator): PullRequestGenerator | undefined {
  if (pullRequest) {
    return pullRequest;
  }
  const inner = [...(matrix?.generators ?? []), ...(merge?.generators ?? [])];
  return inner.map(pullRequestsOf).find(Boolean);
}

/** What the template's `{{number}}` stands for in a generated name. */
function numberIn(name: string, template: string): number | undefined {
  const parts = template.split(PLACEHOLDER);
  // Odd ones are placeholders.
  const placeholders = parts.filter((_, index) => index % 2 === 1);
  if (placeholders.length > MOST_PLACEHOLDERS) {
    return undefined;
  }
  const first = parts.findIndex(
    (part, index) => index % 2 === 1 && NUMBER.test(part),
  );
  const pattern = parts.map((part, index) => {
    if (index % 2 === 0) {
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
    return index === first ? '(\\d{1,9})' : '.+?';
  });
  const [, digits] = new RegExp(`^${pattern.join('')}$`).exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function webPage(
  { github, gitlab }: PullRequestGenerator,
  number: number,
): string | undefined {
  if (github) {
    const { owner, repo, api } = github;
    const host = originOf(api ?? 'https://github.com');
    return host && REPOSITORY_PART.test(owner) && REPOSITORY_PART.test(repo)
      ? `${host.replace(
          '//api.github.com',
          '//github.com',
        )}/${owner}/${repo}/pull/${number}`
      : undefined;
  }
  const host = originOf(gitlab?.api ?? 'https://gitlab.com');
  return host && gitlab && PROJECT_PATH.test(gitlab.project)
    ? `${host}/${gitlab.project}/-/merge_requests/${number}`
    : undefined;
}

function originOf(address: string): string | undefined {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
}
