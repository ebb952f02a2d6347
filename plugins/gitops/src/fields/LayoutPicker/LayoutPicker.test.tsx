import { type JsonObject } from '@backstage/types';
import { type Environment } from '@callboard/backstage-plugin-gitops-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { environments, healthyWorld } from '../../testing/deployments';
import { renderForm } from '../__testUtils__/renderForm';

jest.setTimeout(60_000);

const APPLICATION = {
  name: 'multi-repo',
  kind: 'application',
  notes: [],
} as const;
const REMOTE = {
  name: 'multi-repo-remote-base',
  kind: 'remote-base',
  notes: ['If its overlay does not build, no service is synced.'],
} as const;

const question = {
  title: 'Registration',
  type: 'string',
  'ui:field': 'GitopsLayoutPicker',
};
const asksForEnvironment = {
  before: {
    environment: {
      title: 'Environment',
      type: 'string',
      'ui:field': 'GitopsEnvironmentPicker',
    },
  },
  question: { ...question, 'ui:options': { environment: 'environment' } },
};

function render(
  layouts: Record<string, Environment['layouts']>,
  options: { formData?: JsonObject; form?: typeof asksForEnvironment } = {},
) {
  const { formData, form = { question } } = options;
  return renderForm({
    world: healthyWorld({
      environments: environments.map(each => ({
        ...each,
        layouts: layouts[each.name] ?? [APPLICATION],
      })),
    }),
    ...form,
    isOptional: true,
    formData,
  });
}

const findPicker = () => screen.findByRole('button', { name: /Registration/ });
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('GitopsLayoutPicker', () => {
  it('offers what the first environment allows, and warns of what it brings', async () => {
    const { scaffolded } = render({ dev: [APPLICATION, REMOTE] });

    expect(await findPicker()).toHaveTextContent('Application of its own');
    expect(screen.queryByText(/no service is synced/)).not.toBeInTheDocument();
    await userEvent.click(await findPicker());
    await userEvent.click(screen.getByRole('option', { name: /remote base/ }));
    expect(await screen.findByText(/no service is synced/)).toBeVisible();
    await press('Review');
    await press('Create');

    await waitFor(() =>
      expect(scaffolded).toEqual([{ answer: 'multi-repo-remote-base' }]),
    );
  });

  it('asks nothing where there is no choice', async () => {
    const { scaffolded } = render({});

    await press('Review');
    await press('Create');

    await waitFor(() => expect(scaffolded).toEqual([{}]));
    expect(screen.queryByText('Registration')).not.toBeInTheDocument();
  });

  it('says what is not possible, and refuses it', async () => {
    const refused = 'root-dev deploys elsewhere.';
    render(
      { dev: [APPLICATION, { ...REMOTE, refused }] },
      { formData: { answer: REMOTE.name } },
    );

    expect(await screen.findByText(/is not possible: root-dev/)).toBeVisible();
    await press('Review');

    expect((await screen.findAllByText(/^root-dev deploys/)).length).toBe(1);
    expect(
      screen.queryByRole('button', { name: 'Create' }),
    ).not.toBeInTheDocument();
  });

  it('follows the environment that is asked for', async () => {
    const { scaffolded } = render(
      { staging: [APPLICATION, REMOTE] },
      {
        form: asksForEnvironment,
        formData: { environment: 'staging', answer: REMOTE.name },
      },
    );
    expect(await findPicker()).toHaveTextContent('remote base');

    await press('staging Environment');
    await userEvent.click(screen.getByRole('option', { name: /^dev/ }));
    await waitFor(() =>
      expect(screen.queryByText('Registration')).not.toBeInTheDocument(),
    );
    await press('Review');
    await press('Create');

    await waitFor(() => expect(scaffolded).toEqual([{ environment: 'dev' }]));
  });
});
