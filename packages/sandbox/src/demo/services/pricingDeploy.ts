import { baseKustomization, deployment } from '../deployFolder';

const ENVIRONMENT = `          envFrom:
            - configMapRef:
                name: pricing-settings
          env:
            - name: RATES_TOKEN
              valueFrom:
                secretKeyRef:
                  name: pricing-rates
                  key: token
`;

const GENERATORS = `
configMapGenerator:
  - name: pricing-settings
    literals:
      - CURRENCY=EUR
      - ROUND_TO_CENTS=5
      - RATES_URL=https://rates.acme.test

# Opens nothing: the rates of the demo are made up.
secretGenerator:
  - name: pricing-rates
    literals:
      - token=sandbox-rates-token
`;

/** Before each sync the price list is brought to what the new version expects. */
const MIGRATE = `apiVersion: batch/v1
kind: Job
metadata:
  name: pricing-migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      containers:
        - name: migrate
          image: pricing
          command: [node, src/migrate.ts]
`;

/** What `deploy/` of pricing has besides, or other than, every service. */
export const PRICING_DEPLOY: Readonly<Record<string, string>> = {
  'deploy/base/kustomization.yaml': baseKustomization(
    'pricing',
    GENERATORS,
  ).replace('  - service.yaml\n', '  - service.yaml\n  - migrate.yaml\n'),
  'deploy/base/deployment.yaml': deployment('pricing', ENVIRONMENT),
  'deploy/base/migrate.yaml': MIGRATE,
  'deploy/overlays/dev/env.yaml': environment({ LOG_LEVEL: 'debug' }),
  'deploy/overlays/staging/env.yaml': environment({ LOG_LEVEL: 'debug' }),
  'deploy/overlays/production/env.yaml': environment({ LOG_LEVEL: 'warn' }),
};

/** The patch that sets variables in one environment only. */
export function environment(values: Readonly<Record<string, string>>): string {
  const additions = Object.entries(values).map(
    ([name, value]) => `- op: add
  path: /spec/template/spec/containers/0/env/-
  value:
    name: ${name}
    value: ${value}
`,
  );
  return additions.join('');
}
