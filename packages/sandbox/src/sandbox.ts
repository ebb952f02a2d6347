import { mkdir } from 'node:fs/promises';
import { type Log, labelled } from './Log';
import { startArgoCd, type ArgoCd } from './argocd/ArgoCd';
import { SANDBOX_ARGOCD_TOKEN } from './argocd/api/tokens';
import { type DemoService } from './demo/DemoService';
import { driftByHand } from './demo/driftByHand';
import { ENVIRONMENTS, FIRST_ENVIRONMENT } from './demo/environments';
import {
  ARGOCD_ACCOUNT,
  ORGANISATION,
  ROBOT_ACCOUNT,
  tokenOf,
} from './demo/organisation';
import { PLATFORM_REPOSITORY } from './demo/platformManifests';
import { BOOTSTRAP_PATHS } from './demo/platformRepository';
import { seedDemo } from './demo/seedDemo';
import { DEMO_SERVICES } from './demo/services/all';
import { syncByHand } from './demo/syncByHand';
import { startGitHosting, type GitHosting } from './github/GitHosting';
import {
  createImageRegistry,
  type ImageRegistry,
} from './registry/ImageRegistry';
import { BuildRobot } from './robot/BuildRobot';

/** Secret that signs the webhooks. It opens the sandbox only. @public */
export const SANDBOX_WEBHOOK_SECRET = 'sandbox-webhook-secret';

/** How fast things happen, in milliseconds. @public */
export interface SandboxTimings {
  /** A build. */
  readonly buildMs?: number;
  /** Between two looks of Argo CD at the repositories, without being asked. */
  readonly lookOutIntervalMs?: number;
  /** Until a new pod is ready. */
  readonly readyAfterMs?: number;
  /** Until a Deployment that does not get ahead counts as failed. */
  readonly progressDeadlineMs?: number;
}

/** @public */
export interface SandboxOptions {
  /** Where everything is kept. A second start goes on with it. */
  readonly dataDir: string;
  /** 0 or nothing: a free one. */
  readonly gitPort?: number;
  /** 0 or nothing: a free one. */
  readonly argocdPort?: number;
  /** The portal's backend, which gets the webhooks. */
  readonly portalUrl?: string;
  /** Whether there are services; people and the platform repository always are. Default: true. */
  readonly demo?: boolean;
  readonly log?: Log;
  readonly timings?: SandboxTimings;
}

/** The outside world, running. @public */
export interface Sandbox {
  readonly git: GitHosting;
  readonly argocd: ArgoCd;
  readonly registry: ImageRegistry;
  readonly robot: BuildRobot;
  stop(): Promise<void>;
}

/**
 * Starts Git hosting, Argo CD with its clusters, and the build robot.
 *
 * @public
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir, log = () => {}, timings = {} } = options;
  await mkdir(dataDir, { recursive: true });
  const services = options.demo === false ? [] : DEMO_SERVICES;
  const registry = createImageRegistry({ dataDir });
  const git = await startGitHosting({
    dataDir,
    port: options.gitPort ?? 0,
    log: labelled(log, 'git'),
  });
  await seedDemo(git, registry, services);
  git.admin.setOrganizationHook(ORGANISATION.login, webhook(options.portalUrl));
  const robot = new BuildRobot({
    gitUrl: git.url,
    token: tokenOf(ROBOT_ACCOUNT),
    registry,
    log: labelled(log, 'robot'),
    environment: FIRST_ENVIRONMENT.name,
    buildMs: timings.buildMs ?? 1500,
  });
  const unsubscribe = git.onPush(push => robot.notice(push));
  const argocd = await startClusters(options, git, registry).catch(
    async error => {
      await git.stop();
      throw error;
    },
  );
  const byHand = actByHand(services, { git, argocd, log });
  return {
    git,
    argocd,
    registry,
    robot,
    async stop() {
      unsubscribe();
      byHand.abort();
      await robot.stop();
      await argocd.stop();
      await git.stop();
    },
  };
}

/** What everything that happens in the organisation is told to. */
function webhook(portalUrl: string | undefined) {
  return portalUrl
    ? {
        url: `${portalUrl}/api/events/http/github`,
        secret: SANDBOX_WEBHOOK_SECRET,
      }
    : undefined;
}

function startClusters(
  options: SandboxOptions,
  git: GitHosting,
  registry: ImageRegistry,
): Promise<ArgoCd> {
  const { buildMs, ...timings } = options.timings ?? {};
  return startArgoCd({
    dataDir: options.dataDir,
    port: options.argocdPort ?? 0,
    log: labelled(options.log ?? (() => {}), 'argocd'),
    registry,
    git: { url: git.url, token: tokenOf(ARGOCD_ACCOUNT) },
    clusters: ENVIRONMENTS.flatMap(({ clusters }) => [...clusters]),
    progressDeadlineMs: 10_000,
    bootstrap: {
      repoURL: `${git.url}/${ORGANISATION.login}/${PLATFORM_REPOSITORY}`,
      paths: [...BOOTSTRAP_PATHS],
    },
    ...timings,
  });
}

/** What people did before the demo begins. */
function actByHand(
  services: readonly DemoService[],
  world: { git: GitHosting; argocd: ArgoCd; log: Log },
): AbortController {
  const stopped = new AbortController();
  const handles = {
    gitUrl: world.git.url,
    argocdUrl: world.argocd.url,
    argocdToken: SANDBOX_ARGOCD_TOKEN,
    drift: (application: string) => world.argocd.trouble.drift(application),
    signal: stopped.signal,
  };
  const complain = (what: string) => (error: unknown) => {
    if (!stopped.signal.aborted) {
      labelled(world.log, 'argocd')(`Nothing was ${what} by hand: ${error}`);
    }
  };
  syncByHand(services, handles).catch(complain('synced'));
  driftByHand(services, handles).catch(complain('scaled'));
  return stopped;
}
