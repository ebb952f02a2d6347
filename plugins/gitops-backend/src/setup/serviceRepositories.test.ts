import { application } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { type InsideFacts } from './InstanceFacts';
import { deriveRemoteBaseChecks } from './deriveRemoteBaseChecks';
import { deriveServiceRepositoryCheck } from './deriveServiceRepositoryCheck';

const [dev] = environments as [(typeof environments)[number]];
const GIT = 'http://localhost:7080/acme';
const PLATFORM = `${GIT}/gitops-infra`;
const COMMIT = '1'.repeat(40);
const REFUSED =
  'Failed to load target state: rpc error: code = Unknown desc = authentication required: Repository not found.';

function conditions(message: string) {
  return {
    sync: { status: 'Unknown' },
    conditions: [{ type: 'ComparisonError', message }],
  };
}

describe('the check of repositories that services come from', () => {
  const of = (name: string, status: object = {}) =>
    application({
      metadata: { name },
      spec: {
        source: {
          repoURL: `${GIT}/${name}`,
          path: 'deploy',
          targetRevision: 'main',
        },
      },
      status,
    });
  const check = (
    applications: ReturnType<typeof of>[],
    repositories: InsideFacts['repositories'] = { value: [] },
  ) =>
    deriveServiceRepositoryCheck(
      { rights: new Map(), projects: new Map(), repositories },
      [PLATFORM],
      applications,
    );

  it('is not there where only platform repositories are used', () => {
    expect(check([of('gitops-infra')])).toEqual([]);
  });

  it('is fine where applications were compared', () => {
    expect(check([of('cart'), of('web')])).toMatchObject([
      {
        state: 'ok',
        message: 'Argo CD reads all 2 that applications come from.',
      },
    ]);
  });

  it('tells which one may not be read, with the credentials to add', () => {
    const [found] = check([of('cart'), of('web', conditions(REFUSED))]);

    expect(found).toMatchObject({
      state: 'error',
      message:
        'Argo CD may not read acme/web. authentication required: Repository not found.',
    });
    expect(found?.fix?.snippets?.[0]?.text).toMatch(
      /^argocd repocreds add http:\/\/localhost:7080\/acme --username/,
    );
  });

  it('believes the settings of Argo CD where they tell', () => {
    const entry = (status: string) => ({
      value: [
        {
          repo: `${GIT}/web.git`,
          connectionState: { status, message: 'No.' },
        },
      ],
    });
    const unread = [of('web', conditions('kustomize build failed'))];

    expect(check(unread, entry('Failed'))[0]?.state).toBe('error');
    expect(check(unread, entry('Successful'))[0]?.state).toBe('ok');
  });

  it('does not take a base that may not be read for the repository that has it', () => {
    const message = `kustomize build failed: git fetch ${GIT}/bases: fatal: could not read Username`;

    expect(check([of('web', conditions(message))])[0]?.state).toBe('unknown');
  });

  it('does not guess what other errors mean', () => {
    const broken = of('web', conditions('kustomize build failed'));

    expect(check([broken])[0]?.state).toBe('unknown');
    expect(check([broken, of('cart')])).toMatchObject([
      { state: 'ok', message: expect.stringMatching(/1 of the 2.*not known/) },
    ]);
  });
});

describe('the check of remote bases', () => {
  const WEB = `${GIT}/web//deploy/overlays/dev`;
  const root = (changes: { spec?: object; status?: object } = {}) =>
    application({
      metadata: { name: 'root-dev', annotations: {} },
      spec: {
        source: {
          repoURL: PLATFORM,
          path: 'clusters/dev/argocd',
          targetRevision: 'main',
        },
        ...changes.spec,
      },
      ...(changes.status && { status: changes.status }),
    });
  const check = (
    resources: string[],
    applications: ReturnType<typeof root>[] = [root()],
  ) => {
    const entries = resources.map(entry => `- ${entry}\n`).join('');
    return deriveRemoteBaseChecks(dev, {
      files: new Map([
        [
          'clusters/dev/argocd/kustomization.yaml',
          { value: `resources:\n${entries}` },
        ],
      ]),
      applications,
    });
  };
  const byHand = root({ spec: { syncPolicy: { automated: {} } } });

  it('is not there where there are none', () => {
    expect(
      check(['cart.yaml', '../../../components', `${GIT}/x/raw/main/x.yaml`]),
    ).toEqual([]);
  });

  it.each([
    `${WEB}?ref=main`,
    `${GIT}/web/deploy/overlays/dev`,
    `${GIT}/web.git//deploy?ref=main`,
    `git::${WEB}`,
    'github.com/acme/web//deploy',
    'git@github.com:acme/web//deploy?ref=main',
  ])('warns of %s, which follows a branch, without selfHeal', entry => {
    const [found] = check([entry], [byHand]);

    expect(check([entry])[0]?.state).toBe('ok');
    expect(found).toMatchObject({
      id: 'remote-bases@main:clusters/dev/argocd',
      state: 'warning',
      message: expect.stringMatching(/entries of acme\/web follow a branch/),
    });
    expect(found?.fix?.snippets?.[0]?.text).toContain('selfHeal: true');
  });

  it.each([`${WEB}?ref=${COMMIT}`, `${WEB}?ref=v1.4.2`, `${WEB}?version=1.4`])(
    'does not of %s',
    entry => {
      expect(check([entry], [byHand])).toMatchObject([
        {
          state: 'ok',
          message: 'Argo CD reads acme/web. Each of them is pinned.',
        },
      ]);
    },
  );

  it('tells which base may not be read, and with what it would be', () => {
    const message = `kustomize build failed: accumulating resources from '${WEB}': git fetch: fatal: could not read Username for 'http://localhost:7080'`;
    const [found] = check(
      [`${WEB}?ref=main`, `${GIT}/cart//deploy`, `${GIT}/we//deploy`],
      [root({ status: conditions(message) })],
    );

    expect(found).toMatchObject({
      state: 'error',
      message: expect.stringMatching(/^Argo CD may not read acme\/web, so/),
    });
    expect(found?.fix?.text).toMatch(/credentials for the platform repository/);
  });

  it('does not know what nobody has built', () => {
    const broken = root({ status: conditions('kustomize build failed: x') });

    expect(check([WEB], [broken])[0]?.state).toBe('unknown');
    expect(check([WEB], [])[0]?.state).toBe('unknown');
  });
});
