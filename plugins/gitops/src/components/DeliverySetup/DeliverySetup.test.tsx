import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { gitopsApiRef } from '../../gitopsApiRef';
import { createQueryClient } from '../../query/createQueryClient';
import {
  healthyWorld,
  refusal,
  source,
  type World,
} from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { minutesAgo } from '../../testing/minutesAgo';
import { brokenSetup, rootFindings, unmatchedItems } from '../../testing/setup';
import { violationsIn } from '../__testUtils__/openAt';
import { SetupChecks } from './SetupChecks';
import { UnmatchedApplications } from './UnmatchedApplications';

function renderPage(page: JSX.Element, world: World, query: string = '') {
  const queryClient = createQueryClient();
  renderInTestApp(
    <QueryClientProvider client={queryClient}>{page}</QueryClientProvider>,
    {
      initialRouteEntries: [`/${query}`],
      apis: [[gitopsApiRef, fakeGitopsApi(world)]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return { refresh: () => act(() => queryClient.refetchQueries()) };
}

const forbidden = refusal(
  403,
  'NotAllowedError',
  'To see how the portal is set up you need the permission gitops.setup.read',
);
const unanswered = refusal(502, 'BadGatewayError', 'No answer');

describe('SetupChecks', () => {
  const open = (world: World) => renderPage(<SetupChecks />, world);

  it('folds away what is fine', async () => {
    open(healthyWorld());

    const argocd = await screen.findByRole('region', {
      name: 'Argo CD “main”',
    });
    expect(within(argocd).getByText('All 2 checks are fine')).toBeVisible();
    expect(within(argocd).getByText('It answers.')).not.toBeVisible();
    await userEvent.click(within(argocd).getByText('All 2 checks are fine'));
    expect(within(argocd).getByText('It answers.')).toBeVisible();
    expect(
      within(argocd).getByRole('link', { name: /Argo CD/ }),
    ).toHaveAttribute('href', 'https://argocd.test');
    expect(screen.getByRole('status')).toHaveTextContent(/^3 OK$/);
  });

  it('shows problems first, each with its fix', async () => {
    open(healthyWorld({ setup: brokenSetup() }));

    const headings = await screen.findAllByRole('heading', { level: 2 });
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Environment production',
      expect.stringContaining('Argo CD “main”'),
      'Portal',
    ]);
    expect(screen.getByRole('status')).toHaveTextContent(
      '1 error1 warning1 not checked3 OK',
    );
    const production = screen.getByRole('region', {
      name: 'Environment production',
    });
    const [first] = within(production).getAllByRole('listitem');
    expect(first).toHaveTextContent(/Error.*Written by commit/);
    expect(
      within(production).getByRole('figure', {
        name: 'For app-config.yaml, environment',
      }),
    ).toHaveTextContent('write: pull-request');
    expect(
      within(production).getByRole('link', { name: /Rules of acme/ }),
    ).toHaveAttribute('target', '_blank');
  });

  it('checks again', async () => {
    const world = healthyWorld({ setup: brokenSetup() });
    open(world);
    await screen.findByText('Written by commit');

    world.setup = { ...brokenSetup(), items: [], checkedAt: minutesAgo(0) };
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));

    await waitFor(() =>
      expect(screen.queryByText('Written by commit')).not.toBeInTheDocument(),
    );
    expect(world.setupAsked).toEqual([false, true]);
  });

  it('shows that it is loading', async () => {
    open(healthyWorld({ failures: { setup: 'never' } }));

    expect(await screen.findByText('Loading: the checks')).toBeInTheDocument();
  });

  it.each([
    ['what is forbidden', forbidden, /permission gitops\.setup\.read/],
    ['a failure', unanswered, /tell the people who run the portal/],
  ])('tells of %s', async (_, failure, words) => {
    open(healthyWorld({ failures: { setup: failure } }));

    expect(await screen.findByRole('alert')).toHaveTextContent(words);
  });

  it('keeps what it has when a refresh fails', async () => {
    const world = healthyWorld({ setup: brokenSetup() });
    const { refresh } = open(world);
    await screen.findByText('Written by commit');

    world.failures = { setup: unanswered };
    await refresh();

    expect(
      await screen.findByText(/Could not refresh: what you see is from/),
    ).toBeVisible();
    expect(screen.getByText('Written by commit')).toBeVisible();
  });

  it('is accessible', async () => {
    open(healthyWorld({ setup: brokenSetup() }));
    await screen.findByText('Written by commit');

    expect(
      await violationsIn(screen.getByRole('region', { name: 'Setup' })),
    ).toEqual([]);
  });
});

describe('UnmatchedApplications', () => {
  const open = (world: World, query?: string) =>
    renderPage(<UnmatchedApplications />, world, query);
  const findRow = (name: RegExp) => screen.findByRole('row', { name });

  it('says so when everything is matched', async () => {
    open(healthyWorld());

    expect(await screen.findByText('Everything is matched')).toBeVisible();
  });

  it('shows what, why and what to do, page by page', async () => {
    open(healthyWorld({ unmatched: unmatchedItems }));

    const row = await findRow(/load-test-dev/);
    expect(within(row).getByText('No entity has it')).toBeVisible();
    expect(
      within(row).getByRole('link', { name: /load-test-dev/ }),
    ).toHaveAttribute(
      'href',
      'https://argocd.test/applications/argocd/load-test-dev',
    );
    expect(within(row).getByRole('figure')).toHaveTextContent(
      'backstage.io/entity-ref: component:default/<name>',
    );
    expect(screen.queryByRole('row', { name: /gift-cards/ })).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    const entity = await findRow(/gift-cards/);
    expect(
      within(entity).getByRole('link', {
        name: 'component:default/gift-cards',
      }),
    ).toHaveAttribute('href', '/catalog/default/component/gift-cards');
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('shows what a root deploys for no entity, or for one by guess', async () => {
    open(healthyWorld({ unmatched: rootFindings }));

    const guess = await findRow(/component:default\/cart/);
    expect(within(guess).getByText(/^Approximate/)).toBeVisible();
    expect(within(guess).getByRole('figure')).toHaveTextContent(
      'buildMetadata: [originAnnotations]',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    const stray = await findRow(/shop\/basket/);
    expect(
      within(stray).getByText('A workload of it has no entity'),
    ).toBeVisible();
  });

  it('filters by reason, which the address keeps', async () => {
    open(
      healthyWorld({ unmatched: unmatchedItems }),
      '?reason=selects-nothing',
    );

    await findRow(/gift-cards/);
    expect(screen.queryByRole('row', { name: /load-test/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Reason/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'No entity has it (1)' }),
    );
    await findRow(/load-test/);
  });

  it('says that nothing is of that kind, and shows everything again', async () => {
    open(healthyWorld({ unmatched: unmatchedItems }), '?reason=claimed');

    expect(await screen.findByText('Nothing of that kind')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show everything' }),
    );
    await findRow(/load-test/);
  });

  it('says what it does not know', async () => {
    open(
      healthyWorld({
        unmatched: unmatchedItems,
        sources: [
          source({ state: 'unreachable', message: 'It refuses connections.' }),
          source({ name: 'argocd:us' }),
          source({
            name: 'catalog',
            state: 'limited',
            message: 'The catalog is too large.',
          }),
        ],
      }),
    );

    expect(
      await screen.findByText(/Argo CD “main” is unreachable/),
    ).toBeVisible();
    expect(screen.getByText('The catalog is too large.')).toBeVisible();
    expect(
      screen.getByRole('button', { name: /Argo CD instance/ }),
    ).toBeVisible();
  });

  it('tells of what is forbidden', async () => {
    open(healthyWorld({ failures: { unmatched: forbidden } }));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /permission gitops\.setup\.read/,
    );
  });

  it('is accessible', async () => {
    open(healthyWorld({ unmatched: unmatchedItems }));

    await findRow(/load-test/);
    const page = screen.getByRole('region', { name: 'Unmatched applications' });
    expect(await violationsIn(page)).toEqual([]);
  });
});
