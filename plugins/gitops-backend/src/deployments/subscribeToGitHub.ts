import { type LoggerService } from '@backstage/backend-plugin-api';
import { type EventsService } from '@backstage/plugin-events-node';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { z } from 'zod/v4';
import { type ApplicationHub } from '../applications/ApplicationHub';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { type ChangeSignals } from './ChangeSignals';
import { deploysFrom } from './deploysFrom';

const repository = z.object({
  html_url: z.string(),
  default_branch: z.string().nullish(),
});
const push = z.object({
  ref: z.string(),
  repository,
});
const anyEvent = z.object({ repository });

const BRANCH = 'refs/heads/';

/**
 * Listens to the webhooks of GitHub: after a push Argo CD looks at the
 * applications that follow the branch, and at the roots with a remote base that
 * does; whatever happens in a platform
 * repository may change where services are registered, and what happens in a
 * service's own repository may change which release of it waits.
 */
export async function subscribeToGitHub(options: {
  events: EventsService;
  environments: readonly EnvironmentConfig[];
  hub: Pick<ApplicationHub, 'refresher' | 'roots'>;
  signals: ChangeSignals;
  logger: LoggerService;
}): Promise<void> {
  const { events, environments, hub, signals, logger } = options;
  const platforms = environments.flatMap(
    ({ platformRepo }) => parseRepositoryAddress(platformRepo) ?? [],
  );
  const isPlatform = (url: string) => {
    const address = parseRepositoryAddress(url);
    return address && platforms.some(other => isSameRepository(other, address));
  };
  await events.subscribe({
    id: 'gitops-deployments',
    topics: [
      'github.push',
      'github.pull_request',
      'github.pull_request_review',
    ],
    onEvent: async ({ topic, eventPayload }) => {
      const { data } = anyEvent.safeParse(eventPayload);
      if (!data) {
        logger.debug('An event of GitHub could not be read', { topic });
        return;
      }
      if (isPlatform(data.repository.html_url)) {
        signals.everythingChanged();
      } else {
        signals.repositoryChanged(data.repository.html_url);
      }
      if (topic === 'github.push') {
        await refreshPushed(eventPayload, hub);
      }
    },
  });
}

async function refreshPushed(
  payload: unknown,
  { refresher, roots }: Pick<ApplicationHub, 'refresher' | 'roots'>,
): Promise<void> {
  const { data } = push.safeParse(payload);
  if (!data?.ref.startsWith(BRANCH)) {
    return;
  }
  const name = data.ref.slice(BRANCH.length);
  const { html_url: repoURL, default_branch: main } = data.repository;
  const branch = { name, isDefault: name === main };
  await refresher.refresh({ repoURL, branch });
  for (const root of roots) {
    if (deploysFrom(root, { repoURL, branch })) {
      // Argo CD keeps what it rendered for the platform repository's revision,
      // so it has to forget that to notice what a remote base asks for.
      refresher.refreshOne(root.application, 'hard');
    }
  }
}
