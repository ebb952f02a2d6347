import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deployment,
  healthyWorld,
  refusal,
} from '../../../testing/deployments';
import { detail, healthyDetails, operation } from '../../../testing/details';
import {
  closedWindow,
  runningDetail,
  troubledDetails,
} from '../../../testing/troubledDetails';
import {
  openAt,
  troubled,
  unanswered,
  violationsIn,
} from '../../__testUtils__/openAt';

const SYNCED = { action: 'sync', application: 'cart-dev-dev' };

/** Opens the form of a sync. */
async function openSync(world = troubled()) {
  const page = await openAt('summary', world);
  await userEvent.click(page.see.getByRole('button', { name: 'Sync…' }));
  const dialog = await screen.findByRole('dialog', {
    name: 'Sync cart-dev-dev',
  });
  const form = within(dialog);
  await form.findByRole('region', { name: 'What will happen' });
  return { ...page, world, dialog, form };
}

describe('Sync', () => {
  it('says what it will do, to what, and what it will not undo, before it does it', async () => {
    const { world, dialog, form } = await openSync();

    expect(dialog).toHaveTextContent(
      /applies what Git asks for to dev, as the application argocd\/cart-dev-dev of Argo CD main/,
    );
    const list = within(form.getByRole('list', { name: 'What differs' }));
    expect(list.getAllByRole('listitem').map(it => it.textContent)).toEqual([
      'Deployment cart changed',
      'Secret cart-db changed',
      'Job cart-migrate new',
      'ConfigMap cart-legacy no longer in Git',
    ]);
    expect(
      form.getByRole('region', { name: 'What will happen' }),
    ).toHaveTextContent(
      /^Creates 1 resource\.Changes 2 resources\.Leaves 1 resource.*It cannot be undone here/,
    );
    expect(await violationsIn(dialog)).toEqual([]);
    expect(world.done).toEqual([]);

    await userEvent.click(form.getByRole('button', { name: 'Sync' }));

    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(world.done).toEqual([
      { ...SYNCED, request: { prune: false, dryRun: false } },
    ]);
  });

  it('shows how it goes once it was started', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const { world, form, see } = await openSync();
    await userEvent.click(form.getByRole('button', { name: 'Sync' }));
    expect(await see.findByText(/^The sync was started/)).toBeVisible();

    world.details = troubledDetails({ detail: runningDetail() });
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(await see.findByText(/^1 of 3 resources/)).toBeVisible();

    world.details = troubledDetails({
      detail: detail({
        operation: operation({
          startedAt: runningDetail().operation?.startedAt,
          message: 'successfully synced',
        }),
      }),
    });
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(await see.findByText('Successfully synced.')).toBeVisible();
    jest.useRealTimers();
  });

  it('deletes only when told to, and says so on its button', async () => {
    const { world, form } = await openSync();

    await userEvent.click(form.getByRole('checkbox', { name: /^Prune/ }));
    expect(
      form.getByText(/^Deletes 1 resource: ConfigMap cart-legacy\.$/),
    ).toBeVisible();
    expect(form.getByText(/what is deleted is gone/)).toBeVisible();
    await userEvent.click(
      form.getByRole('button', { name: 'Sync and delete 1' }),
    );

    await waitFor(() => expect(world.done).toHaveLength(1));
    expect(world.done[0]?.request).toEqual({ prune: true, dryRun: false });
  });

  it('can be tried without an effect', async () => {
    const { world, form } = await openSync();

    await userEvent.click(form.getByRole('checkbox', { name: /^Dry run/ }));
    await userEvent.click(
      form.getByRole('button', { name: 'Start the dry run' }),
    );

    await waitFor(() => expect(world.done).toHaveLength(1));
    expect(world.done[0]?.request).toEqual({ prune: false, dryRun: true });
  });

  it('can be of some resources only', async () => {
    const { world, form } = await openSync();

    await userEvent.click(
      form.getByRole('radio', { name: 'Only some resources' }),
    );
    for (const name of [/cart-db/, /cart-migrate/, /cart-legacy/]) {
      await userEvent.click(form.getByRole('checkbox', { name }));
    }
    expect(form.getByText(/^Hooks do not run/)).toBeVisible();
    await userEvent.click(form.getByRole('button', { name: 'Sync' }));

    await waitFor(() => expect(world.done).toHaveLength(1));
    expect(world.done[0]?.request?.resources).toEqual([
      { group: 'apps', kind: 'Deployment', namespace: 'cart', name: 'cart' },
    ]);
  });

  it('cannot be of nothing', async () => {
    const { form } = await openSync();

    await userEvent.click(
      form.getByRole('radio', { name: 'Only some resources' }),
    );
    for (const name of [/Deployment/, /cart-db/, /cart-migrate/, /legacy/]) {
      await userEvent.click(form.getByRole('checkbox', { name }));
    }

    expect(form.getByRole('button', { name: 'Sync' })).toBeDisabled();
  });

  it('does not delete for those who may not', async () => {
    const { form } = await openSync(
      troubled({
        deployments: [
          deployment('dev', { access: { may: ['detail', 'sync'] } }),
        ],
      }),
    );

    const prune = form.getByRole('checkbox', { name: /^Prune/ });
    expect(prune).toBeDisabled();
    expect(prune).toHaveAccessibleDescription(
      /permission gitops\.deployment\.prune/,
    );
  });

  it('says why the backend refused, and can be tried again', async () => {
    const { world, form } = await openSync(
      troubled({
        failures: {
          action: refusal(409, 'ConflictError', 'Another sync is running.'),
        },
      }),
    );

    await userEvent.click(form.getByRole('button', { name: 'Sync' }));
    expect(await form.findByRole('alert')).toHaveTextContent(
      'Another sync is running.',
    );

    world.failures = {};
    await userEvent.click(form.getByRole('button', { name: 'Sync' }));
    await waitFor(() => expect(world.done).toHaveLength(1));
  });

  it('waits until what would change is known', async () => {
    const world = troubled({ failures: { diff: unanswered } });
    const { see } = await openAt('history', world);
    await userEvent.click(see.getByRole('button', { name: 'Sync…' }));
    const form = within(await screen.findByRole('dialog', { name: /^Sync/ }));
    await form.findByText(/^What would change: the portal got no answer/);
    expect(form.getByRole('button', { name: 'Sync' })).toBeDisabled();

    world.failures = {};
    await userEvent.click(form.getByRole('button', { name: 'Try again' }));

    await waitFor(() =>
      expect(form.getByRole('button', { name: 'Sync' })).toBeEnabled(),
    );
  });

  it('gives way to Escape without an effect, and leaves the details open', async () => {
    const { world, dialog, drawer } = await openSync();

    await userEvent.keyboard('{Escape}');

    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(drawer).toBeInTheDocument();
    expect(world.done).toEqual([]);
  });
});

describe('Refresh', () => {
  it.each([
    ['Refresh', 'normal', /compared it with Git again/],
    ['Hard refresh', 'hard', /rendered and compared it again/],
  ])(
    '%s says that it was started, and when it is over',
    async (name, action, over) => {
      jest.useFakeTimers({ advanceTimers: true });
      const world = healthyWorld();
      const { see } = await openAt('summary', world);
      await see.findByText(/^Argo CD syncs on its own/);

      await userEvent.click(see.getByRole('button', { name }));
      expect(await see.findByText(/^Argo CD was asked to/)).toBeVisible();
      expect(world.done).toEqual([{ action, application: 'cart-dev-dev' }]);

      world.details = healthyDetails({
        detail: detail({ comparedAt: new Date().toISOString() }),
      });
      await act(() => jest.advanceTimersByTimeAsync(5_000));
      expect(await see.findByText(over)).toBeVisible();
      await userEvent.click(see.getByRole('button', { name: 'Dismiss' }));
      expect(see.queryByText(over)).not.toBeInTheDocument();
      jest.useRealTimers();
    },
  );

  it('admits after a minute that nothing has come of it', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const { see } = await openAt('summary', healthyWorld());
    await see.findByText(/^Argo CD syncs on its own/);

    await userEvent.click(see.getByRole('button', { name: 'Refresh' }));
    expect(await see.findByText(/^Argo CD was asked to/)).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(62_000));

    expect(await see.findByText(/not compared it with Git/)).toBeVisible();
    jest.useRealTimers();
  });

  it('says why the backend refused', async () => {
    const world = healthyWorld({
      failures: { action: refusal(502, 'Error', 'Argo CD is gone.') },
    });
    const { see } = await openAt('history', world);

    await userEvent.click(see.getByRole('button', { name: 'Refresh' }));

    expect(await see.findByRole('alert')).toHaveTextContent('Argo CD is gone.');
  });
});

describe('Terminate', () => {
  it('asks first, and says what stays', async () => {
    const world = healthyWorld({
      details: healthyDetails({ detail: runningDetail() }),
    });
    const { see } = await openAt('events', world);
    await see.findByText(/^1 of 3 resources/);

    await userEvent.click(see.getByRole('button', { name: 'Terminate…' }));
    const dialog = await screen.findByRole('dialog', { name: /^End the sync/ });
    expect(dialog).toHaveTextContent(/What was applied so far stays/);
    expect(world.done).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'End the sync' }),
    );

    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(world.done).toEqual([
      { action: 'terminate', application: 'cart-dev-dev' },
    ]);
  });
});

describe('a button that is off', () => {
  it.each([
    ['Sync…', /^It takes the permission gitops\.deployment\.sync/],
    ['Refresh', /^It takes the permission gitops\.deployment\.refresh/],
    ['Hard refresh', /^It takes the permission gitops\.deployment\.refresh/],
    ['Terminate…', /^It takes the permission gitops\.deployment\.terminate/],
  ])('%s says why, and does nothing', async (name, reason) => {
    const world = troubled({
      deployments: [deployment('dev', { access: { may: ['detail'] } })],
    });
    const { drawer, see } = await openAt('events', world);
    await see.findByText('BackOff');
    const button = see.getByRole('button', { name });

    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(reason);
    await userEvent.tab();
    await act(async () => button.focus());
    // Shown only: what is read is the description, even when the tooltip is gone.
    expect(
      await screen.findByRole('tooltip', { hidden: true }),
    ).toHaveTextContent(/gitops\.deployment/);
    await userEvent.keyboard('{Enter}');

    expect(world.done).toEqual([]);
    expect(screen.getAllByRole('dialog')).toEqual([drawer]);
    expect(
      see.getByText(/^It takes the permission/, { selector: 'p' }),
    ).toBeVisible();
  });

  it('names the time when the sync window opens', async () => {
    const { see } = await openAt(
      'events',
      troubled({ details: troubledDetails({ windows: closedWindow() }) }),
    );
    const button = see.getByRole('button', { name: 'Sync…' });

    await waitFor(() =>
      expect(button).toHaveAccessibleDescription(
        /^Dev may be synced again \w{3} \d\d:\d\d\.$/,
      ),
    );
  });

  it('says that there is no sync to end', async () => {
    const { see } = await openAt('summary', healthyWorld());
    const button = see.getByRole('button', { name: 'Terminate…' });

    await waitFor(() =>
      expect(button).toHaveAccessibleDescription('No sync is running.'),
    );
  });
});
