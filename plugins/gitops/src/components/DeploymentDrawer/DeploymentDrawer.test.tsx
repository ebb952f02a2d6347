import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deployment,
  guessedDeployment,
  healthyWorld,
} from '../../testing/deployments';
import { healthyDetails } from '../../testing/details';
import { runningDetail, troubledDetails } from '../../testing/troubledDetails';
import {
  DEV,
  findDrawer,
  openAt,
  troubled,
  unanswered,
  violationsIn,
} from '../__testUtils__/openAt';
import { renderTab } from '../__testUtils__/renderTab';

describe('the drawer', () => {
  it('opens from the row, and gives the focus back when it closes', async () => {
    const { query } = renderTab(healthyWorld());
    const button = await screen.findByRole('button', {
      name: 'Details of cart-dev-dev',
    });

    button.focus();
    await userEvent.keyboard('{Enter}');
    const drawer = await findDrawer();

    expect(query()).toBe(DEV);
    expect(drawer).toContainElement(document.activeElement as HTMLElement);
    expect(within(drawer).getByText('Synced')).toBeVisible();

    await userEvent.keyboard('{Escape}');

    await waitFor(() => expect(drawer).not.toBeInTheDocument());
    expect(query()).toBe('');
    await waitFor(() => expect(button).toHaveFocus());
  });

  it('is a step that the browser can go back from, whatever was looked at in it', async () => {
    const { goBack, query } = renderTab(healthyWorld());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Details of cart-dev-dev' }),
    );
    const drawer = await findDrawer();
    await userEvent.click(within(drawer).getByRole('tab', { name: 'History' }));
    expect(query()).toBe(`${DEV}&section=history`);

    await goBack();

    await waitFor(() => expect(drawer).not.toBeInTheDocument());
    expect(query()).toBe('');
  });

  it('opens by a link, and leaves the focus on its row', async () => {
    const { query } = renderTab(troubled(), { query: `${DEV}&section=diff` });
    const drawer = await findDrawer();

    expect(
      within(drawer).getByRole('tab', { name: 'Changes' }),
    ).toHaveAttribute('aria-selected', 'true');

    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Close' }),
    );

    await waitFor(() => expect(drawer).not.toBeInTheDocument());
    expect(query()).toBe('');
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Details of cart-dev-dev' }),
      ).toHaveFocus(),
    );
  });

  it('says why it shows no more than the status of a part, and how sure that is', async () => {
    renderTab(healthyWorld({ deployments: [guessedDeployment('staging')] }), {
      query: '?deployment=main/argocd/root-staging',
    });
    const drawer = await findDrawer('root-staging');

    expect(
      within(drawer).getByText(
        'Only the status is shown: the application deploys several services',
      ),
    ).toBeVisible();
    expect(within(drawer).getByText('Approximate')).toBeVisible();
    expect(
      within(drawer).getByText(/buildMetadata: \[originAnnotations\]/),
    ).toBeVisible();
    expect(
      within(drawer).queryByRole('tab', { name: 'History' }),
    ).not.toBeInTheDocument();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('says where a link leads to nothing', async () => {
    const { query } = renderTab(healthyWorld(), {
      query: '?deployment=main/argocd/gone',
    });

    expect(
      await screen.findByText(/no deployment main\/argocd\/gone/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(query()).toBe('');
  });

  it('goes to the next deployment and back, but not while somebody types', async () => {
    const { see } = await openAt('resources', troubled());

    await userEvent.type(
      await see.findByRole('searchbox', { name: /^Filter by/ }),
      '[[',
    );
    expect(screen.getByRole('dialog')).toHaveAccessibleName('cart-dev-dev');
    see.getByRole('button', { name: 'Close' }).focus();
    await userEvent.keyboard(']');
    await findDrawer('cart-staging-staging');
    await userEvent.keyboard('[[');
    await findDrawer();
  });

  it('shows the status only, and why, where nothing proves whose it is', async () => {
    const world = troubled({
      deployments: [
        deployment('dev', {
          access: { may: [], unproven: 'Ask the platform team to label it.' },
          health: { status: 'Degraded', message: '0 of 2 pods are ready' },
        }),
      ],
    });
    const { drawer, see } = await openAt('diff', world);

    expect(see.getByText('Ask the platform team to label it.')).toBeVisible();
    expect(see.getByText('0 of 2 pods are ready')).toBeVisible();
    expect(see.queryByRole('tab')).not.toBeInTheDocument();
    expect(see.queryByRole('button', { name: /Sync/ })).not.toBeInTheDocument();
    expect(world.askedFor).toEqual([]);
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('names the permission to look inside', async () => {
    const { see } = await openAt(
      'summary',
      troubled({ deployments: [deployment('dev', { access: { may: [] } })] }),
    );

    expect(see.getByText(/gitops\.deployment\.detail\.read/)).toBeVisible();
  });

  it('asks only for what is looked at', async () => {
    const world = troubled();
    const { see } = await openAt('events', world);
    await see.findByText('BackOff');

    expect([...new Set(world.askedFor)].sort()).toEqual([
      'detail',
      'events',
      'windows',
    ]);
  });

  it('follows signals', async () => {
    const world = healthyWorld();
    const { see, signal } = await openAt('events', world);
    await see.findByText(/Nothing was noted/);

    world.details = troubledDetails();
    await signal();

    expect(await see.findByText('BackOff')).toBeVisible();
  });
});

describe('each part', () => {
  it.each([
    ['summary', 'origins', /^The commit: the portal got no answer/],
    ['summary', 'windows', /^The sync windows: /],
    ['summary', 'detail', /^What Argo CD knows: /],
    ['resources', 'resources', /^The resources: /],
    ['diff', 'diff', /^The changes: /],
    ['events', 'events', /^The events: /],
    ['history', 'history', /^The history: /],
    ['logs&pod=cart/cart-1', 'log', /^The log of cart-1: /],
  ] as const)('of %s fails alone: %s', async (section, part, title) => {
    const world = troubled({ failures: { [part]: unanswered } });
    const { see } = await openAt(section, world);

    const alert = (await see.findByText(title, {}, { timeout: 5_000 })).closest(
      '[role=alert]',
    );
    expect(alert).toHaveTextContent(/Argo CD does not answer\. Try again/);
    expect(see.getAllByRole('alert')).toHaveLength(1);

    world.failures = {};
    await userEvent.click(see.getByRole('button', { name: 'Try again' }));

    await waitFor(() => expect(alert).not.toBeInTheDocument());
  });

  it('says that it is loading', async () => {
    const { see } = await openAt(
      'diff',
      troubled({ failures: { diff: 'never' } }),
    );

    expect(see.getByText('Loading: the changes')).toBeInTheDocument();
  });

  it('stays when a refresh fails, with its age', async () => {
    const world = troubled();
    const { see, refresh } = await openAt('events', world);
    await see.findByText('BackOff');

    world.failures = { events: unanswered };
    await refresh();

    expect(
      await see.findByText(/^Could not refresh: what you see is from/),
    ).toBeVisible();
    expect(see.getByText('BackOff')).toBeVisible();
  });
});

describe('a sync that runs', () => {
  it('shows how far it is, on every tab', async () => {
    const { see } = await openAt(
      'events',
      healthyWorld({ details: healthyDetails({ detail: runningDetail() }) }),
    );

    expect(
      await see.findByText(
        /^1 of 3 resources\. Waiting for completion of hook/,
      ),
    ).toBeVisible();
  });
});
