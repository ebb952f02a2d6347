import { type Entity } from '@backstage/catalog-model';
import { type JsonObject } from '@backstage/types';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthyWorld } from '../../testing/deployments';
import { renderForm } from '../__testUtils__/renderForm';

jest.setTimeout(120_000);

const asked = (title: string) => ({
  title,
  type: 'string',
  'ui:backstage': { review: { show: false } },
});

const inWords = {
  type: 'object',
  'ui:field': 'GitopsInWords',
  'ui:widget': 'hidden',
  properties: {
    team: { title: 'Owner', type: 'string' },
    whole: { title: 'System', type: 'string' },
  },
};

const entity = (kind: string, name: string, title: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', title },
});

const entities = [
  entity('Group', 'storefront', 'The storefront team'),
  entity('Group', 'payments', 'Payments'),
  entity('System', 'shop', 'Web shop'),
];

const render = (formData: JsonObject) =>
  renderForm({
    world: healthyWorld(),
    // The other way round than the words.
    before: { whole: asked('Part of'), team: asked('Team') },
    question: inWords,
    formData,
    entities,
  });

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

/** Turns to the review page and back. */
async function review(): Promise<(string | null)[][]> {
  await press('Review');
  await screen.findByRole('button', { name: 'Create' });
  const rows = screen
    .queryAllByRole('row')
    .map(row => [...row.children].map(({ textContent }) => textContent));
  await press('Back');
  return rows;
}

describe('GitopsInWords', () => {
  it('has the titles of entities reviewed, in its own order', async () => {
    render({ whole: 'system:default/shop', team: 'group:default/storefront' });

    await waitFor(async () =>
      expect(await review()).toEqual([
        ['Owner', 'The storefront team'],
        ['System', 'Web shop'],
      ]),
    );
  });

  it('follows an answer, and goes with it', async () => {
    render({ whole: 'system:default/shop', team: 'group:default/storefront' });
    await waitFor(async () =>
      expect(await review()).toEqual([
        ['Owner', 'The storefront team'],
        ['System', 'Web shop'],
      ]),
    );

    const team = await screen.findByRole('textbox', { name: 'Team' });
    await userEvent.clear(team);
    await userEvent.paste('group:default/payments');
    await userEvent.clear(screen.getByRole('textbox', { name: 'Part of' }));

    await waitFor(async () =>
      expect(await review()).toEqual([['Owner', 'Payments']]),
    );
  });

  it('lists nothing where nothing is answered', async () => {
    const { scaffolded } = render({});

    await waitFor(async () => expect(await review()).toEqual([]));
    await press('Review');
    await press('Create');

    await waitFor(() => expect(scaffolded).toEqual([{}]));
  });

  it('calls an entity by its name where the catalog does not know it', async () => {
    render({ whole: 'system:legacy/shop', team: 'group:default/gone' });

    await waitFor(async () =>
      expect(await review()).toEqual([
        ['Owner', 'gone'],
        ['System', 'legacy/shop'],
      ]),
    );
  });

  it('leaves what is no reference as it is, whatever it is', async () => {
    render({ whole: 'production', team: '::/<b>/:' });

    await waitFor(async () =>
      expect(await review()).toEqual([
        ['Owner', '::/<b>/:'],
        ['System', 'production'],
      ]),
    );
  });

  it.each([
    [{ team: 'Somebody else', more: 'words' }],
    ['Somebody else'],
    [[1, 2]],
  ])('is not taken in by a link that fills in %j', async answer => {
    const { scaffolded } = render({ team: 'group:default/payments', answer });

    await waitFor(async () =>
      expect(await review()).toEqual([['Owner', 'Payments']]),
    );
    await press('Review');
    await press('Create');

    await waitFor(() =>
      expect(scaffolded).toEqual([
        { team: 'group:default/payments', answer: { team: 'Payments' } },
      ]),
    );
  });

  it('takes no part in the form', async () => {
    render({ team: 'group:default/payments' });

    const team = await screen.findByRole('textbox', { name: 'Team' });
    expect(screen.queryByText(/Owner|Payments/)).not.toBeInTheDocument();
    await userEvent.click(team);
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'Review' })).toHaveFocus();
  });
});
