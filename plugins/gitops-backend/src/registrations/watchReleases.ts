import { type EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod/v4';
import { type WaitingReleases } from './WaitingReleases';
import { CI_BRANCHES } from './ciRelease';

const event = z.object({
  repository: z.object({
    html_url: z.string(),
    default_branch: z.string().nullish(),
  }),
  ref: z.string().optional(),
  pull_request: z.object({ head: z.object({ ref: z.string() }) }).optional(),
});

/**
 * Has the releases of a repository looked up anew when a webhook tells that
 * they changed: CI's pull requests themselves, or the branch that they merge
 * into, with which they may conflict now.
 */
export async function watchReleases(options: {
  events: EventsService;
  releases: WaitingReleases;
}): Promise<void> {
  const { events, releases } = options;
  await events.subscribe({
    id: 'gitops-releases',
    topics: [
      'github.push',
      'github.pull_request',
      'github.pull_request_review',
    ],
    onEvent: async ({ eventPayload }) => {
      const { data } = event.safeParse(eventPayload);
      if (data && concernsReleases(data)) {
        releases.forget(data.repository.html_url);
      }
    },
  });
}

function concernsReleases(told: z.infer<typeof event>): boolean {
  const { pull_request: pull, ref, repository } = told;
  return pull
    ? pull.head.ref.startsWith(CI_BRANCHES)
    : ref === `refs/heads/${repository.default_branch}`;
}
