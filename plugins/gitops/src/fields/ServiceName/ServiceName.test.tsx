import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthyWorld, refusal } from '../../testing/deployments';
import { renderForm } from '../__testUtils__/renderForm';

jest.setTimeout(60_000);

const question = {
  title: 'Name',
  type: 'string',
  minLength: 2,
  maxLength: 12,
  pattern: '^[a-z]([a-z0-9-]*[a-z0-9])?$',
  errorMessage: { pattern: 'Lower-case letters, please' },
  'ui:field': 'GitopsServiceName',
  'ui:autofocus': true,
  'ui:placeholder': 'order-history',
};

const findName = () => screen.findByRole('textbox', { name: /^Name/ });
const goOn = () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));
const findCreate = () => screen.findByRole('button', { name: 'Create' });

/** What the field tells beside the input. */
const hint = () => screen.getByRole('status').textContent;

const neverAHint = () =>
  expect(
    waitFor(() => expect(hint()).not.toBe(''), { timeout: 300 }),
  ).rejects.toThrow();

describe('GitopsServiceName', () => {
  it('tells that a repository has the name already, and lets it pass', async () => {
    const { scaffolded } = renderForm({ world: healthyWorld(), question });

    const name = await findName();
    expect(name).toHaveFocus();
    expect(name).toHaveAttribute('placeholder', 'order-history');
    await userEvent.type(name, 'cart');

    const link = await screen.findByRole('link', { name: /acme\/cart/ });
    expect(link).toHaveAttribute('href', 'https://github.test/acme/cart');
    expect(hint()).toContain(
      'exists already. If you and this form began it, it is continued where it stopped; otherwise choose another name.',
    );
    await goOn();
    await userEvent.click(await findCreate());

    await waitFor(() => expect(scaffolded).toEqual([{ answer: 'cart' }]));
  });

  it('says nothing of a name that is free', async () => {
    const world = healthyWorld();
    renderForm({ world, question });

    await userEvent.type(await findName(), 'hello');

    await waitFor(() => expect(world.lookedUp).toEqual(['hello']));
    await neverAHint();
  });

  it('takes the hint back as soon as the name is another', async () => {
    renderForm({ world: healthyWorld(), question });
    const name = await findName();
    await userEvent.type(name, 'cart');
    await screen.findByText(/exists already/);

    await userEvent.type(name, 's');

    expect(hint()).toBe('');
  });

  it('asks once for a name that is typed, and never for what is none', async () => {
    const world = healthyWorld();
    renderForm({ world, question, formData: { answer: 'c' } });
    const name = await findName();
    for (const wrong of ['Cart', 'cart-', 'a-name-too-long']) {
      await userEvent.clear(name);
      await userEvent.type(name, wrong);
    }
    await userEvent.clear(name);
    await userEvent.type(name, 'checkout');

    await waitFor(() => expect(world.lookedUp).toEqual(['checkout']));
  });

  it('leaves well-formedness to the template', async () => {
    const world = healthyWorld();
    renderForm({ world, question, formData: { answer: 'Cart' } });

    await findName();
    await goOn();

    expect(
      await screen.findAllByText(/Lower-case letters, please/),
    ).not.toHaveLength(0);
    expect(await findName()).toHaveAttribute('aria-invalid', 'true');
    expect(world.lookedUp).toEqual([]);
  });

  it('is quiet where the backend cannot say', async () => {
    const world = healthyWorld({
      failures: { service: refusal(403, 'NotAllowedError', 'No') },
    });
    renderForm({ world, question });

    await userEvent.type(await findName(), 'cart');

    await waitFor(() => expect(world.lookedUp).toEqual(['cart']));
    await neverAHint();
    await goOn();
    expect(await findCreate()).toBeVisible();
  });
});
