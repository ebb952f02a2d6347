import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entity } from '@backstage/catalog-model';
import { configApiRef, errorApiRef } from '@backstage/core-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  ArgoCDApiClient,
  argoCDApiRef,
  EntityArgoCDHistoryCard,
  EntityArgoCDOverviewCard,
} from '@roadiehq/backstage-plugin-argo-cd';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What argocd-backend answers; a test of its own sees to it that it does. */
const ANSWERS: Record<string, Answer> = JSON.parse(
  readFileSync(
    join(
      __dirname,
      '../../../plugins/argocd-backend/src/__fixtures__/answers.json',
    ),
    'utf8',
  ),
);

const BACKEND = 'http://localhost:7007';
const MULTI = { 'argocd/app-selector': 'team=shop,tier=web' };

const config = mockApis.config({
  data: {
    backend: { baseUrl: BACKEND },
    argocd: {
      // As app-config.yaml has it.
      revisionsToLoad: 10,
      appLocatorMethods: [
        {
          type: 'config',
          instances: ['main', 'us'].map(name => ({
            name,
            url: 'https://argocd.acme.test',
          })),
        },
      ],
    },
  },
});

jest.setTimeout(60_000);

describe('Roadie’s cards, with the answers of argocd-backend', () => {
  const browserFetch = global.fetch;
  const asked: string[] = [];
  const troubles: Error[] = [];

  beforeEach(() => {
    asked.length = 0;
    troubles.length = 0;
    global.fetch = async input => {
      const path = String(input).replace(`${BACKEND}/api/argocd`, '');
      asked.push(path);
      const answer = ANSWERS[path];
      if (!answer) {
        throw new TypeError(`${path} is not among the answers`);
      }
      return {
        ok: answer.status === 200,
        status: answer.status,
        statusText: '',
        json: async () => structuredClone(answer.body),
      } as Response;
    };
  });

  afterEach(() => {
    global.fetch = browserFetch;
  });

  async function show(
    card: 'overview' | 'history',
    annotations: Record<string, string>,
  ) {
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'shop', annotations },
    };
    const client = new ArgoCDApiClient({
      discoveryApi: mockApis.discovery(),
      identityApi: mockApis.identity(),
      backendBaseUrl: BACKEND,
      searchInstances: true,
      useNamespacedApps: false,
    });
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [argoCDApiRef, client],
          [configApiRef, config],
          [
            errorApiRef,
            { post: (error: Error) => troubles.push(error) } as never,
          ],
        ]}
      >
        <EntityProvider entity={entity}>
          {card === 'overview' ? (
            <EntityArgoCDOverviewCard />
          ) : (
            <EntityArgoCDHistoryCard />
          )}
        </EntityProvider>
      </TestApiProvider>,
    );
  }

  const byName = (name: string) => ({ 'argocd/app-name': name });
  const text = () => document.body.textContent ?? '';

  it.each([
    ['several deployments', byName('several'), ['Synced', 'Healthy']],
    ['one deployment', byName('once'), ['Synced', 'Healthy']],
    ['what nobody has looked at yet', byName('fresh'), ['Unknown', 'Unknown']],
    [
      'what is degraded while a sync runs',
      byName('stuck'),
      ['OutOfSync', 'Degraded', 'Running'],
    ],
    ['a Helm chart', byName('chart'), ['Synced', 'Healthy']],
    ['several sources', MULTI, ['multi', 'Synced', 'Healthy']],
    ['its status alone', byName('status-only'), ['Synced', 'Healthy']],
  ])('the overview shows %s', async (_, annotations, words) => {
    await show('overview', annotations);

    expect(await screen.findByText('main')).toBeInTheDocument();
    for (const word of words) {
      expect(screen.getAllByText(word).length).toBeGreaterThan(0);
    }
    expect(text()).not.toContain('Error occurred');
    expect(troubles).toEqual([]);
  });

  it('the overview opens a drawer with the images', async () => {
    await show('overview', byName('several'));

    await userEvent.click(
      await screen.findByRole('button', { name: 'several' }),
    );

    expect(
      await screen.findByText('ghcr.io/acme/several:1.0.1'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('https://git.acme.test/acme/shop'),
    ).toBeInTheDocument();
  });

  it.each([
    ['several deployments', byName('several'), ['3', '2', '1']],
    ['one deployment', byName('once'), ['1']],
    ['a sync that runs', byName('stuck'), ['1']],
    ['several sources', MULTI, ['5']],
  ])('the history shows %s', async (_, annotations, shas) => {
    await show('history', annotations);

    for (const digit of shas) {
      expect(await screen.findByText(digit.repeat(40))).toBeInTheDocument();
    }
    expect(await screen.findAllByText('Maya')).toHaveLength(shas.length);
    expect(
      screen.getByText(`Change ${shas[0]?.repeat(3)}`),
    ).toBeInTheDocument();
    expect(text()).not.toContain('Loading');
    expect(troubles).toEqual([]);
  });

  it('the history shows the version of a chart', async () => {
    await show('history', byName('chart'));

    expect(await screen.findByText('1.4.2')).toBeInTheDocument();
    await waitFor(() => expect(text()).toContain('n/a'));
    expect(troubles).toEqual([]);
  });

  it.each([
    ['was never deployed', byName('fresh')],
    ['may show its status only', byName('status-only')],
  ])('the history is empty of what %s', async (_, annotations) => {
    await show('history', annotations);

    await waitFor(() => expect(asked).toHaveLength(2));
    await waitFor(() => expect(text()).not.toContain('ArgoCD history'));
    expect(text()).not.toContain('Error occurred');
    expect(troubles).toEqual([]);
  });

  it.each(['overview', 'history'] as const)(
    'the %s says that it does not know, where Argo CD cannot be reached',
    async card => {
      await show(card, byName('nowhere'));

      expect(
        await screen.findByText(/Error occurred while fetching data/),
      ).toBeInTheDocument();
    },
  );
});
