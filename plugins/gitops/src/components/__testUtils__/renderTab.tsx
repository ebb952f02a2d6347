import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import {
  type NavigateFunction,
  useLocation,
  useNavigate,
} from 'react-router-dom';
import { gitopsApiRef } from '../../gitopsApiRef';
import { createQueryClient } from '../../query/createQueryClient';
import { templateRouteRef } from '../../routes';
import { type World } from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { DeploymentsTab } from '../DeploymentsTab';
import { fakeSignals } from './fakeSignals';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location':
        'url:https://github.test/acme/cart/tree/main/',
    },
  },
};

/** The browser's address bar and its back button. */
interface Browser {
  query: string;
  navigate: NavigateFunction;
}

function BrowserProbe({ browser }: { browser: Browser }) {
  browser.query = useLocation().search;
  browser.navigate = useNavigate();
  return null;
}

/** The Deployments tab of `cart`, in a portal where the backend answers what the world says. */
export function renderTab(
  world: World,
  options: { hasSignals?: boolean; query?: string } = {},
) {
  const { hasSignals = true, query = '' } = options;
  const signals = fakeSignals();
  const queryClient = createQueryClient();
  const browser: Browser = { query, navigate: () => {} };
  renderInTestApp(
    <QueryClientProvider client={queryClient}>
      <EntityProvider entity={entity}>
        <BrowserProbe browser={browser} />
        <DeploymentsTab />
      </EntityProvider>
    </QueryClientProvider>,
    {
      initialRouteEntries: [`/${query}`],
      apis: [
        [gitopsApiRef, fakeGitopsApi(world)],
        ...(hasSignals ? [[signalApiRef, signals.api] as const] : []),
      ],
      mountedRoutes: {
        '/create/templates/:namespace/:templateName': templateRouteRef,
      },
    },
  );
  return {
    signal: () => signals.send('gitops:deployments:cart'),
    /** The pulse of a replica, after something that was missed if so asked. */
    beat: signals.beat,
    refresh: () => act(() => queryClient.refetchQueries()),
    query: () => browser.query,
    goBack: () => act(async () => browser.navigate(-1)),
  };
}

/** A row of the matrix, by what it says. */
export const findRow = (name: RegExp) => screen.findByRole('row', { name });
