import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deployment,
  environments,
  guessedDeployment,
  healthyWorld,
  refusal,
  registration,
  release,
  sharedDeployment,
  source,
} from '../../testing/deployments';
import { minutesAgo } from '../../testing/minutesAgo';
import { findRow, renderTab } from '../__testUtils__/renderTab';

describe('DeploymentsTab', () => {
  it('shows environments in order, with a row for each cluster', async () => {
    renderTab(healthyWorld());

    const headers = await screen.findAllByRole('rowheader');
    expect(headers.map(it => it.textContent)).toEqual([
      expect.stringMatching(/^devchanges by commit/),
      'dev',
      expect.stringMatching(/^stagingchanges by commit/),
      'staging',
      expect.stringMatching(/^productionchanges by pull request/),
      'prod-eu1location: eu',
      'prod-us1location: us',
    ]);
    const row = await findRow(/prod-us1/);
    expect(within(row).getByText('1.0.7')).toBeVisible();
    expect(within(row).getByText('Synced')).toBeVisible();
    expect(within(row).getByText('Healthy')).toBeVisible();
    expect(within(row).getByText('12 min ago')).toHaveAttribute(
      'title',
      expect.stringContaining('UTC'),
    );
    expect(
      within(row).getByRole('link', { name: /^Commit 9f2c1ab/ }),
    ).toHaveAttribute(
      'href',
      'https://github.test/acme/cart/commit/9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3',
    );
    expect(
      within(row).getByRole('link', { name: /in Argo CD \(main\)/ }),
    ).toHaveAttribute(
      'href',
      'https://argocd.test/applications/argocd/cart-production-prod-us1',
    );
    expect(
      screen.getByRole('link', { name: /^Repository acme\/cart/ }),
    ).toHaveAttribute('href', 'https://github.test/acme/cart');
  });

  it('says which row is approximate, and what makes it certain', async () => {
    renderTab(
      healthyWorld({
        deployments: [sharedDeployment('dev'), guessedDeployment('staging')],
      }),
    );

    const row = await findRow(/staging/);
    expect(within(row).getByText('Approximate')).toBeVisible();
    await userEvent.click(
      within(row).getByRole('button', { name: 'Show all' }),
    );
    expect(
      within(row).getByText(/buildMetadata: \[originAnnotations\]/),
    ).toBeVisible();
    const exact = await findRow(/^dev/);
    expect(within(exact).queryByText('Approximate')).not.toBeInTheDocument();
    expect(within(exact).getByText('main')).toBeVisible();
    expect(
      within(exact).getByRole('link', { name: /^root-dev in Argo CD/ }),
    ).toBeVisible();
  });

  it('waits for the root where it deploys the service', async () => {
    renderTab(
      healthyWorld({
        deployments: [],
        registrations: [
          registration('dev', { kind: 'remote-base' }),
          registration('staging', { state: 'absent', clusters: [] }),
          registration('production', { state: 'absent', clusters: [] }),
        ],
      }),
    );

    expect(
      await screen.findByText(
        /root application, which deploys it, has nothing/,
      ),
    ).toBeVisible();
  });

  it('shows what runs and what should run where they differ, with the reasons', async () => {
    renderTab(
      healthyWorld({
        deployments: [
          deployment('dev', {
            live: release('1.0.6'),
            sync: { status: 'OutOfSync', message: 'Syncing: in progress' },
            health: { status: 'Degraded', message: '0 of 2 pods are ready' },
          }),
        ],
      }),
    );

    const row = await findRow(/runs\s*1\.0\.6\s*should run\s*1\.0\.7/);
    expect(within(row).getByText('Out of sync')).toBeVisible();
    expect(within(row).getByText('Syncing: in progress')).toBeVisible();
    expect(within(row).getByText('Degraded')).toBeVisible();
    expect(within(row).getByText('0 of 2 pods are ready')).toBeVisible();
  });

  it('shows that it is loading', async () => {
    renderTab(healthyWorld({ failures: { deployments: 'never' } }));

    expect(await screen.findByText('Loading deployments')).toBeInTheDocument();
  });

  it('offers to register for an environment, with the form filled in', async () => {
    renderTab(
      healthyWorld({
        deployments: [deployment('dev')],
        registrations: [
          registration('dev'),
          registration('staging', { state: 'absent', clusters: [] }),
        ],
      }),
    );

    const link = await screen.findByRole('link', { name: 'Add to staging' });
    const url = new URL(link.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/add-to-environment');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      entityRef: 'component:default/cart',
      environment: 'staging',
    });
  });

  it('says what an open pull request waits for', async () => {
    const pullRequest = {
      number: 12,
      url: 'https://github.test/acme/gitops-infra/pull/12',
      title: 'Register cart',
      waitsFor: '1 approving review by platform',
      mergeable: false,
    };
    renderTab(
      healthyWorld({
        deployments: [deployment('dev')],
        registrations: [
          registration('dev'),
          registration('production', { state: 'proposed', pullRequest }),
        ],
      }),
    );

    const row = await findRow(/Pull request open/);
    expect(row).toHaveTextContent(
      /#12 Register cart.* waits for 1 approving review by platform\. It conflicts/,
    );
    expect(
      within(row).getByRole('link', { name: /^Pull request #12/ }),
    ).toHaveAttribute('href', pullRequest.url);
  });

  it('shows a registration that is being removed beside what still runs', async () => {
    renderTab(
      healthyWorld({
        registrations: [registration('dev', { state: 'removing' })],
      }),
    );

    expect(await findRow(/Being removed.*Until the merge/)).toBeVisible();
    expect(await findRow(/^dev.*1\.0\.7/)).toBeVisible();
  });

  it('says where to look while the first build is awaited', async () => {
    renderTab(
      healthyWorld({
        deployments: [
          deployment('dev', {
            desired: release('unbuilt'),
            live: release('unbuilt'),
            health: { status: 'Degraded', message: 'ErrImagePull' },
          }),
        ],
      }),
    );

    const strip = await findRow(/Waits for its first build/);
    expect(strip).toHaveTextContent(/CI builds the first image/);
    expect(
      within(strip).getByRole('link', { name: /acme\/cart/ }),
    ).toHaveAttribute('href', 'https://github.test/acme/cart');
    expect(screen.getByText('No version yet')).toBeVisible();
    expect(screen.queryByText('ErrImagePull')).not.toBeInTheDocument();
  });

  it('says that Argo CD has yet to create the application', async () => {
    renderTab(healthyWorld({ deployments: [] }));

    expect(
      await findRow(/prod-us1.*Argo CD has not created the application yet/),
    ).toBeVisible();
    expect(screen.getAllByText('Waits for Argo CD')).toHaveLength(3);
  });

  it('says where to begin when there is nothing at all', async () => {
    renderTab(
      healthyWorld({
        deployments: [],
        registrations: environments.map(({ name }) =>
          registration(name, { state: 'absent', clusters: [] }),
        ),
      }),
    );

    expect(
      await screen.findByText('cart is not deployed anywhere yet'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Add to dev' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/argocd\/app-name: cart/)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it.each([
    ['unreachable', /Argo CD “main” is unreachable, since/],
    ['unauthorised', /Argo CD “main” refuses the portal: unauthorised/],
    ['stale', /Argo CD “main” has not been heard from/],
    ['limited', /Argo CD “main” limits how often/],
  ] as const)(
    'keeps the rows, with their age, when Argo CD is %s',
    async (state, words) => {
      renderTab(
        healthyWorld({
          deployments: [deployment('dev', { observedAt: minutesAgo(9) })],
          sources: [
            source({ state, since: minutesAgo(8), message: 'What happened.' }),
          ],
        }),
      );

      expect(await screen.findByText(words)).toBeVisible();
      expect(screen.getByText('8 min ago')).toBeVisible();
      expect(screen.getByText('What happened.')).toBeVisible();
      expect(await findRow(/^dev.*as of 9 min ago.*1\.0\.7/)).toBeVisible();
      expect(
        await findRow(/prod-us1.*Not known: Argo CD “main” does not answer/),
      ).toBeVisible();
    },
  );

  it('says how many sources answered', async () => {
    renderTab(
      healthyWorld({
        sources: [source(), source({ name: 'argocd:us', state: 'stale' })],
      }),
    );

    expect(
      await screen.findByText(/^1 of 2 sources are up to date/),
    ).toBeVisible();
  });

  it('names the permission that is missing', async () => {
    renderTab(
      healthyWorld({
        failures: { deployments: refusal(403, 'NotAllowedError', 'No') },
      }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /gitops\.deployment\.read/,
    );
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('shows what to configure where nothing is', async () => {
    renderTab(
      healthyWorld({
        failures: {
          environments: refusal(
            503,
            'ServiceUnavailableError',
            'Deployments are not configured: gitops.environments missing',
          ),
        },
      }),
    );

    expect(
      await screen.findByText('Deployments are not set up in this portal'),
    ).toBeVisible();
    expect(screen.getByText(/gitops\.environments missing/)).toBeVisible();
    expect(screen.getByText(/appLocatorMethods/)).toBeVisible();
  });

  it('explains a failure of the backend, and recovers when asked to', async () => {
    const world = healthyWorld({
      failures: { deployments: refusal(500, 'Error', 'Database is locked') },
    });
    renderTab(world);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Database is locked/,
    );

    world.failures = {};
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await findRow(/prod-us1/)).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps the answer when a refresh fails, and says how old it is', async () => {
    const world = healthyWorld();
    const { refresh } = renderTab(world);
    await findRow(/prod-us1/);

    world.failures = { deployments: refusal(502, 'Error', 'Gone') };
    await refresh();

    expect(await screen.findByText(/^Could not refresh/)).toBeVisible();
    expect(await findRow(/prod-us1.*1\.0\.7/)).toBeVisible();
  });

  it('shows deployments even if registrations cannot be read', async () => {
    renderTab(
      healthyWorld({
        deployments: [deployment('dev')],
        failures: { registrations: refusal(502, 'Error', 'No Git') },
      }),
    );

    expect(
      await screen.findByText(/Where the service is registered could not/),
    ).toBeVisible();
    expect(await findRow(/^dev.*1\.0\.7/)).toBeVisible();
  });

  it('follows signals, and says aloud what changed', async () => {
    const world = healthyWorld({ deployments: [deployment('dev')] });
    const { signal } = renderTab(world);
    await findRow(/^dev.*1\.0\.7/);

    world.deployments = [
      deployment('dev', {
        desired: release('1.0.8'),
        sync: { status: 'OutOfSync' },
      }),
    ];
    await signal();

    expect(
      await findRow(/runs\s*1\.0\.7\s*should run\s*1\.0\.8/),
    ).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getByText(/^dev: 1\.0\.7 to 1\.0\.8, Out of sync/),
      ).toBeInTheDocument(),
    );
  });

  it('shows deployments outside the configured environments', async () => {
    renderTab(
      healthyWorld({
        deployments: [
          deployment('x', {
            environment: undefined,
            cluster: 'https://old.k8s.test',
          }),
        ],
      }),
    );

    expect(
      await findRow(/Elsewhere.*https:\/\/old\.k8s\.test.*1\.0\.7/),
    ).toBeVisible();
  });

  it('shows previews with the pull requests that they show', async () => {
    renderTab(
      healthyWorld({
        deployments: [
          deployment('x/dev', {
            environment: undefined,
            preview: {
              pullRequest: {
                number: 42,
                url: 'https://github.test/acme/cart/pull/42',
              },
            },
          }),
        ],
      }),
    );

    const row = await findRow(/Previews.*of pull requests.*1\.0\.7/);
    expect(
      within(row).getByRole('link', { name: /^pull request #42/ }),
    ).toHaveAttribute('href', 'https://github.test/acme/cart/pull/42');
  });
});
