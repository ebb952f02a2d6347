import { act, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deployment, healthyWorld } from '../../../testing/deployments';
import {
  bigTree,
  crashLooping,
  healthyDetails,
} from '../../../testing/details';
import { troubledDetails } from '../../../testing/troubledDetails';
import {
  DEV,
  openAt,
  troubled,
  violationsIn,
} from '../../__testUtils__/openAt';

describe('Resources', () => {
  it('are a tree that opens where something is wrong, and for the keyboard', async () => {
    const { drawer, see } = await openAt('resources', troubled());
    const tree = await see.findByRole('treegrid', { name: 'Resources' });
    const rows = () =>
      within(tree)
        .getAllByRole('row')
        .map(it => it.getAttribute('aria-label') ?? it.textContent);

    expect(rows()).toHaveLength(9);
    const pod = within(tree).getByRole('row', { name: /x7k2p/ });
    expect(pod).toHaveTextContent(/Degraded.*back-off 2m40s.*7 restarts/);
    expect(
      within(tree).getByRole('row', { name: /cart-legacy/ }),
    ).toHaveTextContent('Not in Git');

    const top = within(tree).getByRole('row', { name: /^Deployment cart/ });
    await act(async () => top.focus());
    await userEvent.keyboard('{ArrowLeft}');
    expect(top).toHaveAttribute('aria-expanded', 'false');
    expect(rows()).toHaveLength(5);
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(
      within(tree).getByRole('row', { name: /^ReplicaSet cart-6d5f9c/ }),
    ).toHaveFocus();
    expect(await violationsIn(drawer)).toEqual([]);
  });

  it('can be filtered where there are hundreds', async () => {
    const { see } = await openAt(
      'resources',
      healthyWorld({ details: healthyDetails({ resources: bigTree(500) }) }),
    );
    const tree = await see.findByRole('treegrid', { name: 'Resources' });
    // All but one branch are fine, and closed.
    expect(within(tree).getAllByRole('row')).toHaveLength(50 + 1 + 8);
    expect(see.getByText('500 resources')).toBeVisible();

    await userEvent.click(
      see.getByRole('switch', { name: /not healthy or out of sync/ }),
    );
    expect(await see.findByText('3 of 500 resources')).toBeVisible();
    expect(
      within(tree).getByRole('row', { name: /^Pod worker-7-a-3/ }),
    ).toHaveTextContent('OOMKilled');

    await userEvent.click(
      see.getByRole('switch', { name: /not healthy or out of sync/ }),
    );
    await userEvent.click(see.getByRole('searchbox'));
    await userEvent.paste('worker-12-a-5');
    expect(await see.findByText('3 of 500 resources')).toBeVisible();
    expect(
      within(tree).getByRole('row', { name: /^Pod worker-12-a-5/ }),
    ).toBeVisible();

    await userEvent.paste('x');
    expect(await see.findByText('Nothing matches the filter.')).toBeVisible();
  });

  it('lead from a pod to its log', async () => {
    const { query, see, drawer } = await openAt('resources', troubled());

    await userEvent.click(
      await see.findByRole('button', { name: `Logs of ${crashLooping.name}` }),
    );

    expect(query()).toBe(`${DEV}&section=logs&pod=cart/${crashLooping.name}`);
    const log = await see.findByLabelText(`Log of ${crashLooping.name} / cart`);
    expect(log).toHaveTextContent(/database\.url is not set/);
    expect(await violationsIn(drawer)).toEqual([]);

    await userEvent.click(
      see.getByRole('switch', { name: 'Before the last restart' }),
    );
    expect(await see.findByText(/panic: no configuration/)).toBeVisible();
  });

  it('offer no log without the permission, and a link to one names it', async () => {
    const deployments = [deployment('dev', { access: { may: ['detail'] } })];
    const world = troubled({ deployments });
    const { see } = await openAt('resources', world);
    await see.findByRole('treegrid');
    expect(
      see.queryByRole('button', { name: /^Logs/ }),
    ).not.toBeInTheDocument();
  });

  it('say by a link to a log which permission it takes', async () => {
    const deployments = [deployment('dev', { access: { may: ['detail'] } })];
    const world = troubled({ deployments });
    const { see } = await openAt('logs&pod=cart/cart-1', world);

    expect(see.getByText(/gitops\.deployment\.logs\.read/)).toBeVisible();
    expect(world.askedFor).not.toContain('log');
  });

  it('are looked at again while something is on its way', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const world = healthyWorld({
      details: healthyDetails({
        resources: {
          roots: [{ ...crashLooping, health: { status: 'Progressing' } }],
        },
      }),
    });
    const { see } = await openAt('resources', world);
    await see.findByText('Progressing');

    world.details = troubledDetails();
    await act(() => jest.advanceTimersByTimeAsync(5_000));

    expect(await see.findByText('cart-legacy')).toBeVisible();
    jest.useRealTimers();
  });
});
