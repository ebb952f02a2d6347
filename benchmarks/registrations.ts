import { addResource } from '@callboard/backstage-plugin-gitops-node';
// The world of the plugin's own tests, which it does not publish.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { component } from '../plugins/gitops-backend/src/registrations/__testUtils__/serviceFiles';
import {
  startWorld,
  type World,
} from '../plugins/gitops-backend/src/registrations/__testUtils__/startWorld';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { type Section, table } from './Section';

const NAMES = Array.from({ length: 50 }, (_, index) => `svc-${index}`);
const DEV = 'clusters/dev/argocd/kustomization.yaml';
const STAGING = 'clusters/staging/argocd/kustomization.yaml';

type Portal = Awaited<ReturnType<World['portal']>>;

/**
 * Fifty services registered at the same moment in one kustomization: through
 * the backend, by commit and by pull request, and, side by side, by fifty
 * scripts that each read the file, add their line, write it and try again
 * while somebody else was faster.
 */
export async function* measureRegistrations(): AsyncGenerator<Section> {
  const world = await startWorld();
  try {
    for (const name of NAMES) {
      await world.createService(name);
    }
    const portal = await world.portal({
      entities: NAMES.map(name => component(name, { url: world.url })),
    });
    const byCommit = await seconds(() => registerAll(portal, 'dev'));
    const byScripts = await seconds(() =>
      Promise.all(NAMES.map(name => appendByScript(world, name))),
    );
    const proposing = await seconds(() => registerAll(portal, 'production'));
    const longestWait = await mergeAll(world);

    const rows = [
      [
        'by commit, through the backend',
        `${byCommit.toFixed(1)} s, ${await entries(world, DEV)} entries`,
      ],
      [
        'by 50 scripts that read, append, write and try again',
        `${byScripts.toFixed(1)} s, ${await entries(world, STAGING)} entries`,
      ],
      ['scripts ÷ backend', (byScripts / byCommit).toFixed(1)],
      ['by pull request: all open after', `${proposing.toFixed(1)} s`],
      [
        'merged in turn: longest wait until the next one merges',
        `${longestWait.toFixed(1)} s`,
      ],
    ];
    yield {
      name: 'registrations',
      markdown: table(['50 registrations at once', ''], rows),
    };
  } finally {
    await world.stop();
  }
}

function registerAll(portal: Portal, environment: string) {
  return Promise.all(
    NAMES.map(name =>
      portal.register({ entityRef: `component:default/${name}`, environment }),
    ),
  );
}

/** Also what a template does that edits the file with the contents API. */
async function appendByScript(world: World, name: string): Promise<void> {
  const file = `gitops-infra/contents/${STAGING}`;
  for (;;) {
    const { sha, content } = await world.hosting.ask<{
      sha: string;
      content: string;
    }>('callboard', `GET ${file}`);
    const text = addResource(
      Buffer.from(content, 'base64').toString('utf8'),
      `apps/${name}-staging-staging.yaml`,
    );
    const body = {
      message: `Register ${name}`,
      branch: 'main',
      sha,
      content: Buffer.from(text).toString('base64'),
    };
    const written = await world.hosting
      .ask('callboard', `PUT ${file}`, body)
      .then(
        () => true,
        () => false,
      );
    if (written) {
      return;
    }
  }
}

/** Merges all open pull requests in turn; the longest wait in seconds. */
async function mergeAll(world: World): Promise<number> {
  const open = await world.hosting.ask<{ number: number }[]>(
    'jonas',
    'GET gitops-infra/pulls?state=open&per_page=100',
  );
  let longest = 0;
  for (const { number } of open.sort((a, b) => a.number - b.number)) {
    const waited = await seconds(async () => {
      while (!(await world.hosting.isMergeable(number))) {
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
    });
    longest = Math.max(longest, waited);
    await world.hosting.merge(number);
  }
  return longest;
}

async function entries(world: World, path: string): Promise<number> {
  const text = await world.hosting.text('gitops-infra', path);
  return text?.match(/apps\/svc-\d+-/g)?.length ?? 0;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
