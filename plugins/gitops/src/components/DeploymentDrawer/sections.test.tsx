import { waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deployment, healthyWorld, release } from '../../testing/deployments';
import { healthyDetails } from '../../testing/details';
import { deployed, history } from '../../testing/history';
import { minutesAgo } from '../../testing/minutesAgo';
import { retryingDetail, troubledDetails } from '../../testing/troubledDetails';
import { openAt, troubled, violationsIn } from '../__testUtils__/openAt';

describe('Summary', () => {
  it('explains what is wrong, and where it comes from', async () => {
    const world = troubled({
      deployments: [deployment('dev', { live: release('1.0.6') })],
    });
    const { drawer, see } = await openAt('summary', world);
    await see.findByText(
      'The last sync failed, and was tried again five times.',
    );

    expect(see.getByText(/repair it in Git, then sync again/)).toBeVisible();
    const source = within(see.getByRole('region', { name: 'Source' }));
    expect(
      await source.findByText('Merge pull request #12 from acme/retry-on-502'),
    ).toBeVisible();
    expect(source.getByText('Mara Lind')).toBeVisible();
    expect(
      source.getByRole('link', { name: /^Pull request #12/ }),
    ).toHaveAttribute('href', 'https://github.test/acme/cart/pull/12');
    expect(source.getByRole('link', { name: /^Commit 9f2c1ab/ })).toBeVisible();
    expect(see.getByRole('region', { name: 'Release' })).toHaveTextContent(
      /runs\s*ghcr\.io\/acme\/cart:1\.0\.6.*should run\s*ghcr\.io\/acme\/cart:1\.0\.7/,
    );
    const sync = see.getByRole('region', { name: 'Last sync' });
    expect(sync).toHaveTextContent(
      /Failed.*by maya.*took 2 min.*tried again 5 times/,
    );
    expect(
      within(sync)
        .getAllByRole('listitem')
        .map(it => it.textContent),
    ).toEqual([
      expect.stringMatching(/^Service cartApplied/),
      expect.stringMatching(
        /^Deployment cartFailedDeployment\.apps "cart" is invalid/,
      ),
      expect.stringMatching(/^ConfigMap cartNot deleted/),
      expect.stringMatching(/^Job cart-migrate \(PostSync hook\)Waiting/),
    ]);
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('tells a sync that waits for its next try from one that is over', async () => {
    const world = healthyWorld({
      details: healthyDetails({ detail: retryingDetail() }),
    });
    const { drawer, see } = await openAt('summary', world);
    const sync = await see.findByRole('region', { name: 'Last sync' });

    expect(sync).toHaveTextContent(
      /^Last syncRetryingby maya · started 2 min ago · tried again once · last try failed 1\d s ago · retry 2 of 5 in 2 min · 1 of 3 resources/,
    );
    expect(sync).not.toHaveTextContent('took');
    expect(
      within(sync)
        .getAllByRole('listitem')
        .map(it => it.textContent),
    ).toEqual([
      'Job cart-migrate (PreSync hook)Failed',
      'Job cart-warm-up (PreSync hook)Running',
      'Service cartWaiting',
    ]);
    expect(see.getByRole('status', { name: 'Activity' })).toHaveTextContent(
      /^Retrying1 of 3 resources\. .*Tried again once\. Retry 2 of 5 follows\.$/,
    );
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('copies an image with its digest', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    const digest = `sha256:${'9f'.repeat(32)}`;
    const images = [{ name: 'ghcr.io/acme/cart', tag: '1.0.7', digest }];
    const { see } = await openAt(
      'summary',
      healthyWorld({
        deployments: [
          deployment('dev', { live: { version: '1.0.7', images } }),
        ],
      }),
    );

    await user.click(
      see.getByRole('button', { name: 'Copy image ghcr.io/acme/cart:1.0.7' }),
    );

    expect(write).toHaveBeenCalledWith(`ghcr.io/acme/cart:1.0.7@${digest}`);
  });
});

describe('Changes', () => {
  it('show line by line what would change, and fold the rest', async () => {
    const { drawer, see } = await openAt('diff', troubled());
    const change = await see.findByRole('region', { name: 'Deployment cart' });

    expect(change).toHaveTextContent(/−\s*replicas: 2/);
    expect(change).toHaveTextContent(/\+\s*replicas: 3/);
    expect(change).not.toHaveTextContent('apiVersion: apps/v1');
    const [fold] = within(change).getAllByRole('button', {
      name: /unchanged lines/,
    });
    await userEvent.click(fold as HTMLElement);
    expect(change).toHaveTextContent('apiVersion: apps/v1');

    expect(
      see.getByRole('region', { name: 'Job cart-migrate' }),
    ).toHaveTextContent('Will be created');
    expect(
      see.getByRole('region', { name: 'ConfigMap cart-legacy' }),
    ).toHaveTextContent('No longer in Git');
    expect(
      see.getByRole('region', { name: 'Secret cart-db' }),
    ).toHaveTextContent('Values of secrets are never shown');
    expect(see.getByText('1 resource is as Git has it')).toBeVisible();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('name the permission that unmasks values', async () => {
    const { items } = troubledDetails().diff;
    const world = troubled({
      deployments: [deployment('dev', { access: { may: ['detail'] } })],
      details: troubledDetails({
        diff: { items: items.slice(0, 1).map(it => ({ ...it, masked: true })) },
      }),
    });
    const { see } = await openAt('diff', world);

    expect(
      await see.findByText(/permission gitops\.deployment\.values\.read/),
    ).toBeVisible();
  });

  it('say that nothing differs', async () => {
    const { see } = await openAt('diff', healthyWorld());

    expect(await see.findByText(/^Nothing differs/)).toBeVisible();
  });
});

describe('Events and History', () => {
  it('mark warnings, newest first', async () => {
    const { drawer, see } = await openAt('events', troubled());
    const events = within(await see.findByRole('list', { name: 'Events' }));

    expect(events.getAllByRole('listitem').map(it => it.textContent)).toEqual([
      expect.stringMatching(
        /^1 min agoWarningBackOffPod cart-6d5f9c-x7k2p · 32 times/,
      ),
      expect.stringMatching(/^3 min agoPulled/),
      expect.stringMatching(/^10 min agoOperationStartedApplication/),
    ]);
    expect(see.getByText(/about an hour/)).toBeVisible();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('tell what happened, and what is not known', async () => {
    const { drawer, see } = await openAt('history', troubled());
    const list = await see.findByRole('list', { name: 'History' });

    expect(
      within(list)
        .getAllByRole('listitem')
        .map(it => it.textContent),
    ).toEqual([
      expect.stringMatching(
        /^8 min agoSync failed9f2c1abby mayaone or more objects failed to apply/,
      ),
      expect.stringMatching(
        /^9 min agoDegradedDeployment cart: 1 of 2 pods is ready/,
      ),
      '12 min agoDeployedcart:1.0.79f2c1abby Argo CD, by itselflive for 12 min, and still is',
      '30 min agoDrift undone9f2c1abby Argo CD, by itself3 times',
      expect.stringMatching(
        /^3 h agoNot observedBetween .* and .* the portal did not run\. What Argo CD still remembered/,
      ),
      '7 h agoHealthy again',
      '8 h agoMissing',
      '1 d agoDeployedcart:1.0.79f2c1abby mayalive for 1 d',
    ]);
    expect(
      see.getByText(/^Newest first. Observed since .*, and kept for 180 days/),
    ).toBeVisible();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('go back page by page', async () => {
    const all = Array.from({ length: 12 }, (_, n) => deployed(60 * (n + 1)));
    const world = troubled({
      details: troubledDetails({ history: history(all) }),
    });
    const { see } = await openAt('history', world);
    const list = within(await see.findByRole('list', { name: 'History' }));
    expect(list.getAllByRole('listitem')).toHaveLength(10);

    await userEvent.click(
      see.getByRole('button', { name: 'Show what was before' }),
    );

    await waitFor(() => expect(list.getAllByRole('listitem')).toHaveLength(12));
    expect(
      see.queryByRole('button', { name: 'Show what was before' }),
    ).not.toBeInTheDocument();
  });

  it('say that nobody observes now, and that the database is silent', async () => {
    const { items, sources } = troubledDetails().history;
    const world = troubled({
      details: troubledDetails({
        history: history(
          [
            {
              kind: 'gap',
              id: 'gap/now',
              from: minutesAgo(25),
              reason: 'unreachable',
            },
            ...items.slice(0, 1),
          ],
          {
            observedSince: undefined,
            sources: [
              ...sources.slice(0, 1),
              {
                name: 'database',
                state: 'unreachable',
                since: minutesAgo(0),
                message: 'The database does not answer.',
              },
            ],
          },
        ),
      }),
    });
    const { drawer, see } = await openAt('history', world);

    expect(
      await see.findByText(/Argo CD could not be reached\./),
    ).toBeVisible();
    expect(see.getByText('The database does not answer.')).toBeVisible();
    expect(see.getByText(/^Newest first\.$/)).toBeVisible();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('say that nothing has happened', async () => {
    const world = healthyWorld({
      details: troubledDetails({
        history: history([], { observedSince: undefined }),
      }),
    });
    const { see } = await openAt('history', world);

    expect(
      await see.findByText('Nothing has happened here yet.'),
    ).toBeVisible();
    expect(
      see.getByText(/^Newest first\. Nothing has been observed/),
    ).toBeVisible();
  });
});
