import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { gitopsPermissions } from '@callboard/backstage-plugin-gitops-common';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { demoConfig, demoEntities } from '../__testUtils__/demoConfig';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import { routesOfPlugin } from '../__testUtils__/routesOfPlugin';
import { type Gitops, startGitops } from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';
import { KNOWN_ROUTES, type RouteAccess, ROUTES } from './__testUtils__/routes';

jest.setTimeout(90_000);

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const CONDITIONED = ROUTES.filter(({ unless }) => unless !== 'never');

/** What a policy says that lets people at some environments. */
function onlyIn(environments: string[], name: string): PolicyDecision {
  const permission = gitopsPermissions.find(each => each.name === name);
  if (!permission || !isResourcePermission(permission)) {
    throw new TypeError(`Nobody can put conditions on ${name}`);
  }
  const { resourceType } = permission;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'gitops',
    resourceType,
    conditions: {
      rule: 'IS_ENVIRONMENT',
      resourceType,
      params: { environments },
    },
  };
}

it('every route of the plugin is asked below, or in access.test.ts', async () => {
  const config = {
    gitops: gitopsBlock,
    argocd: argocdBlock('http://127.0.0.1:1', 'token'),
  };

  expect(await routesOfPlugin(config)).toEqual(KNOWN_ROUTES);
});

describe('whom a route answers', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-backend-routes-'));
  let sandbox: Sandbox;
  let gitops: Gitops;
  let revision: string;
  let decide: (permission: string) => PolicyDecision;

  beforeAll(async () => {
    decide = () => ALLOW;
    sandbox = await startSandbox({
      dataDir,
      timings: { lookOutIntervalMs: 3_600_000, readyAfterMs: 50 },
    });
    await sandbox.argocd.reconcileAll();
    const config = demoConfig(sandbox);
    gitops = await startGitops({
      config: {
        ...config,
        gitops: {
          ...Object(config.gitops),
          newRepositories: {
            url: `${sandbox.git.url}/acme`,
            registry: 'ghcr.io/acme',
          },
        },
      },
      entities: demoEntities(sandbox, ['cart']),
      decide: permission => decide(permission),
    });
    const { items } = await gitops.untilDeployments(
      list =>
        list.items.length === 4 && list.items.every(({ desired }) => desired),
    );
    revision = items[0]?.revisions[0]?.value ?? '';
    // Some of it is read little by little.
    await until(
      () => Promise.all(ROUTES.map(ask)),
      answers => answers.every(({ isShown }) => isShown),
    );
  });

  beforeEach(() => {
    decide = () => ALLOW;
  });

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask({ route, path, body, shows }: RouteAccess) {
    const url = path.replace('$REVISION', revision);
    const sent = {
      GET: () => gitops.get(url),
      POST: () => gitops.send('post', url).send(body),
      DELETE: () => gitops.send('delete', url),
    };
    const [method] = route.split(' ');
    const { status, text } = await sent[method as keyof typeof sent]();
    return { status, text, isShown: shows.test(text) };
  }

  const ANSWERED = { status: 200, isShown: true };

  it.each(ROUTES)('$route with $permission', async wanted => {
    expect(await ask(wanted)).toMatchObject(ANSWERED);
  });

  it.each(ROUTES)('$route not without $permission', async wanted => {
    const { permission } = wanted;
    decide = name => (name === permission ? DENY : ALLOW);

    const { status, text, isShown } = await ask(wanted);

    expect({ status, isShown }).toEqual({ status: 403, isShown: false });
    expect(text).toContain(permission);
  });

  it.each(CONDITIONED)(
    '$route where a condition on $permission holds, and not elsewhere',
    async wanted => {
      const { permission, unless } = wanted;
      decide = name =>
        name === permission ? onlyIn(['dev'], permission) : ALLOW;
      expect(await ask(wanted)).toMatchObject(ANSWERED);

      decide = name =>
        name === permission ? onlyIn(['elsewhere'], permission) : ALLOW;
      const { status, isShown } = await ask(wanted);

      expect(isShown).toBe(unless === undefined);
      expect(status === 403).toBe(unless === 'refused');
    },
  );
});
