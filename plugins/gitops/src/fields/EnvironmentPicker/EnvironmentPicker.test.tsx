import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthyWorld, refusal } from '../../testing/deployments';
import { renderForm } from '../__testUtils__/renderForm';

jest.setTimeout(60_000);

const question = {
  title: 'Environment',
  description: 'Where to.',
  type: 'string',
  'ui:field': 'GitopsEnvironmentPicker',
};

const findPicker = () => screen.findByRole('button', { name: /Environment/ });
const goOn = () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));
const create = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Create' }));

describe('GitopsEnvironmentPicker', () => {
  it('offers the configured environments, and says how each is changed', async () => {
    const { scaffolded } = renderForm({ world: healthyWorld(), question });

    await userEvent.click(await findPicker());
    expect(
      screen.getAllByRole('option').map(({ textContent }) => textContent),
    ).toEqual([
      'devA change is committed at once',
      'stagingA change is committed at once',
      'productionA change is a pull request that somebody reviews',
    ]);
    await userEvent.click(screen.getByRole('option', { name: /production/ }));
    expect(
      screen.getByText(
        'A change in production is a pull request that somebody reviews.',
      ),
    ).toBeVisible();
    await goOn();
    await create();

    await waitFor(() => expect(scaffolded).toEqual([{ answer: 'production' }]));
  });

  it('takes over what a link fills in', async () => {
    const { scaffolded } = renderForm({
      world: healthyWorld(),
      question,
      formData: { answer: 'staging' },
    });

    expect(
      await screen.findByText('A change in staging is committed at once.'),
    ).toBeVisible();
    expect(await findPicker()).toHaveTextContent('staging');
    await goOn();
    await create();

    await waitFor(() => expect(scaffolded).toEqual([{ answer: 'staging' }]));
  });

  it('refuses an environment that does not exist', async () => {
    renderForm({
      world: healthyWorld(),
      question,
      formData: { answer: 'moon' },
    });

    await findPicker();
    await goOn();

    expect(
      await screen.findAllByText(
        /There is no environment "moon"\. Pick one of dev, staging, production/,
      ),
    ).not.toHaveLength(0);
    expect(
      screen.queryByRole('button', { name: 'Create' }),
    ).not.toBeInTheDocument();
  });

  it('says why there is nothing to pick, and lets a link’s answer pass', async () => {
    const world = healthyWorld({
      failures: { environments: refusal(403, 'NotAllowedError', 'No') },
    });
    renderForm({ world, question, formData: { answer: 'staging' } });

    expect(
      await screen.findByText(/permission gitops\.deployment\.read/),
    ).toBeVisible();
    await goOn();

    expect(await screen.findByRole('button', { name: 'Create' })).toBeVisible();
  });
});
