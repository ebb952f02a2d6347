import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  environment,
  healthyWorld,
  refusal,
  type World,
} from '../../testing/deployments';
import { renderForm } from '../__testUtils__/renderForm';

jest.setTimeout(60_000);

const question = {
  title: 'What is decided',
  description: 'The first comes first.',
  type: 'null',
  'ui:field': 'GitopsConfiguration',
  'ui:backstage': { review: { show: false } },
};

const render = (world: World) => renderForm({ world, question });

const findFacts = async () =>
  within(await screen.findByRole('region', { name: 'What is decided' }));

describe('GitopsConfiguration', () => {
  it('shows where repositories go, and the environments in order', async () => {
    render(healthyWorld());

    const facts = await findFacts();
    const rows = await facts.findAllByRole('row');
    expect(
      rows.map(row => [...row.children].map(({ textContent }) => textContent)),
    ).toEqual([
      ['Environment', 'Clusters', 'A change there is'],
      ['dev', 'dev', 'committed at once'],
      ['staging', 'staging', 'committed at once'],
      [
        'production',
        'prod-eu1, prod-us1',
        'a pull request that somebody reviews',
      ],
    ]);
    expect(
      facts
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['acme (opens in a new tab)', 'https://github.test/acme'],
      [
        'acme/gitops-infra (opens in a new tab)',
        'https://github.test/acme/gitops-infra',
      ],
    ]);
    expect(screen.getByText('The first comes first.')).toBeVisible();
  });

  it('says which environment is in which platform repository where there are several', async () => {
    const world = healthyWorld({
      environments: [
        environment('dev', 'commit', ['dev']),
        {
          ...environment('production', 'pull-request', ['prod']),
          platformRepo: 'https://github.test/acme/production-infra',
        },
      ],
    });
    render(world);

    const facts = await findFacts();
    expect(
      await facts.findByRole('row', {
        name: /production prod acme\/production-infra/,
      }),
    ).toBeVisible();
    expect(
      facts.getByRole('row', { name: /dev dev acme\/gitops-infra/ }),
    ).toBeVisible();
  });

  it('asks nothing, and answers nothing', async () => {
    const { scaffolded } = render(healthyWorld());

    await findFacts();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    const create = await screen.findByRole('button', { name: 'Create' });
    expect(screen.queryByText('What is decided')).not.toBeInTheDocument();
    await userEvent.click(create);

    await waitFor(() => expect(scaffolded).toHaveLength(1));
    expect(JSON.stringify(scaffolded)).toBe('[{}]');
  });

  it('says why it cannot be shown, without being in the way', async () => {
    const world = healthyWorld({
      failures: {
        environments: refusal(
          503,
          'ServiceUnavailableError',
          'Deployments are not configured: gitops.environments missing',
        ),
      },
    });
    render(world);

    expect(
      await screen.findByText(/gitops\.environments missing/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findByRole('button', { name: 'Create' })).toBeVisible();
  });
});
