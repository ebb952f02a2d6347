import { stringifyEntityRef } from '@backstage/catalog-model';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  type DeploymentName,
  type GitopsApi,
} from '@callboard/backstage-plugin-gitops-common';
import gitopsPlugin, { gitopsApiRef } from '../src';
import { healthyWorld } from '../src/testing/deployments';
import { fakeGitopsApi } from '../src/testing/fakeGitopsApi';
import { setupWorld } from './setupStates';
import { states } from './states';

const entities = Object.entries(states).map(([name, { title }]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    description: title,
    annotations: {
      'backstage.io/source-location': `url:https://github.test/acme/${name}/tree/main/`,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'storefront' },
}));

const apis = new Map(
  entities.map(entity => [
    stringifyEntityRef(entity),
    fakeGitopsApi(states[entity.metadata.name]?.world ?? healthyWorld()),
  ]),
);
const anyApi = fakeGitopsApi(healthyWorld());
const apiOf = (entityRef: string) => apis.get(entityRef) ?? anyApi;

const of = ({ entityRef }: DeploymentName) => apiOf(entityRef);
const detailsByEntity: Partial<GitopsApi> = {
  getDeploymentDetail: it => of(it).getDeploymentDetail(it),
  getDeploymentResources: it => of(it).getDeploymentResources(it),
  getDeploymentDiff: it => of(it).getDeploymentDiff(it),
  getDeploymentEvents: it => of(it).getDeploymentEvents(it),
  getDeploymentHistory: (it, page) => of(it).getDeploymentHistory(it, page),
  getSyncWindows: it => of(it).getSyncWindows(it),
  getRevisionOrigins: it => of(it).getRevisionOrigins(it),
  getPodLog: (it, pod) => of(it).getPodLog(it, pod),
  syncDeployment: (it, request) => of(it).syncDeployment(it, request),
  refreshDeployment: (it, kind) => of(it).refreshDeployment(it, kind),
  terminateOperation: it => of(it).terminateOperation(it),
};

createDevApp({
  features: [
    catalogPlugin,
    gitopsPlugin,
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApiMock({ entities }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'gitops',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: gitopsApiRef,
              deps: {},
              factory: () => ({
                ...anyApi,
                // The only state in which nobody has named environments.
                getEnvironments: () =>
                  apiOf(
                    window.location.pathname.includes('/unconfigured')
                      ? 'component:default/unconfigured'
                      : '',
                  ).getEnvironments(),
                getDeployments: ref => apiOf(ref).getDeployments(ref),
                getRegistrations: ref => apiOf(ref).getRegistrations(ref),
                ...detailsByEntity,
                getSetup: request =>
                  fakeGitopsApi(setupWorld()).getSetup(request),
                getUnmatched: query =>
                  fakeGitopsApi(setupWorld()).getUnmatched(query),
              }),
            }),
        }),
      ],
    }),
  ],
});
