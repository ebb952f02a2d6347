import { within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deployment, healthyWorld, release } from '../../testing/deployments';
import { troubledDetails } from '../../testing/troubledDetails';
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

  it('tell what was live for how long', async () => {
    const { drawer, see } = await openAt('history', troubled());
    const table = await see.findByRole('table', { name: 'History' });

    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(it => it.textContent)).toEqual([
      '12 min ago9f2c1abArgo CD, by itself12 min, and still is',
      '1 d ago71abf30maya1 d',
      '3 d ago0c44e1dArgo CD, by itself2 d',
    ]);
    expect(await violationsIn(drawer)).toEqual([]);
  });
});
