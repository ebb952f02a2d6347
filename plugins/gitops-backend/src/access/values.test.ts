import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { gitopsDeploymentValuesReadPermission } from '@callboard/backstage-plugin-gitops-common';
import { createDeploymentConditionalDecision, deploymentConditions } from '..';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

const DEV = 'cart-dev-dev';
const PRODUCTION = 'cart-production-prod-eu1';
const VALUE = 'value-of-a-variable';
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const DEPLOYMENT = JSON.stringify({
  kind: 'Deployment',
  metadata: { name: 'cart' },
  spec: {
    template: {
      spec: {
        containers: [{ name: 'cart', env: [{ name: 'KEY', value: VALUE }] }],
      },
    },
  },
});

describe('the values of environment variables in differences', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  /** What the policy says of reading values; all else is allowed. */
  let says: PolicyDecision;

  beforeAll(async () => {
    says = ALLOW;
    argocd = await ScriptedArgocd.start();
    argocd.live = [DEPLOYMENT];
    argocd.put(argoJson());
    argocd.put(
      argoJson({
        metadata: { name: PRODUCTION },
        spec: { destination: { server: 'https://prod-eu1.k8s.acme.test' } },
      }),
    );
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [component('cart')],
      decide: permission =>
        permission === gitopsDeploymentValuesReadPermission.name ? says : ALLOW,
    });
    await gitops.untilDeployments(({ items }) => items.length === 2);
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  async function diff(application: string) {
    const { body } = await gitops
      .get(
        `/v1/deployments/main/argocd/${application}/diff?entityRef=component:default/cart`,
      )
      .expect(200);
    const [{ live, masked }] = body.items;
    return { live, masked };
  }

  const shown = { live: expect.stringContaining(VALUE), masked: false };
  const hidden = {
    live: expect.stringMatching(/name: KEY\n +value: •••• \(hidden value 1\)/),
    masked: true,
  };

  it('are shown to those who may read them', async () => {
    says = ALLOW;

    expect(await diff(DEV)).toEqual(shown);
  });

  it('are hidden from those who may not, who see the rest', async () => {
    says = DENY;

    const answer = await diff(DEV);

    expect(answer).toEqual(hidden);
    expect(answer.live).not.toContain(VALUE);
  });

  it('are shown where a condition holds, and nowhere else', async () => {
    says = createDeploymentConditionalDecision(
      gitopsDeploymentValuesReadPermission,
      deploymentConditions.isEnvironment({ environments: ['dev'] }),
    );

    expect(await diff(DEV)).toEqual(shown);
    expect(await diff(PRODUCTION)).toEqual(hidden);
  });
});
