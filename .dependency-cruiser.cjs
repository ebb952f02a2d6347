module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'common-stays-isomorphic',
      comment:
        'gitops-common runs in browsers too: no package of ours, nothing of Node.',
      severity: 'error',
      from: { path: '^plugins/gitops-common/src' },
      to: {
        path: '^(plugins/(?!gitops-common)|packages)|^(fs|path|http|https|net|crypto|child_process|os)$',
      },
    },
    {
      name: 'node-knows-only-common',
      severity: 'error',
      from: {
        path: '^plugins/gitops-node/src',
        pathNot: '\\.test\\.ts$|/__testUtils__/',
      },
      to: { path: '^(plugins/(?!gitops-node|gitops-common)|packages)' },
    },
    {
      name: 'modules-stay-out-of-the-backend',
      comment:
        'Modules talk to the backend over HTTP and share gitops-node with it.',
      severity: 'error',
      from: {
        path: '^plugins/[a-z]+-backend-module-gitops/src',
        pathNot: '\\.test\\.ts$|/__testUtils__/',
      },
      to: { path: '^plugins/gitops-backend' },
    },
    {
      name: 'argocd-stays-out-of-the-backend',
      comment: 'It asks the gitops backend over HTTP, on behalf of the caller.',
      severity: 'error',
      from: {
        path: '^plugins/argocd-backend/src',
        pathNot: '\\.test\\.ts$|/__testUtils__/',
      },
      to: { path: '^(plugins/(?!argocd-backend|gitops-node|gitops-common))' },
    },
    {
      name: 'frontend-knows-only-common',
      severity: 'error',
      from: { path: '^plugins/gitops/src' },
      to: { path: '^(plugins/(?!gitops/|gitops-common)|packages)' },
    },
    {
      name: 'sandbox-stands-alone',
      comment:
        'The sandbox speaks public protocols and knows nothing of the portal.',
      severity: 'error',
      from: { path: '^packages/sandbox/src' },
      to: { path: '^(plugins/(?!gitops-common)|packages/(?!sandbox))' },
    },
    {
      name: 'only-tests-know-the-sandbox',
      severity: 'error',
      from: {
        path: '^(plugins|packages/(?!sandbox))',
        pathNot: '\\.test\\.tsx?$|/e2e-tests/|/__testUtils__/',
      },
      to: { path: '^packages/sandbox' },
    },
    {
      name: 'rules-stay-pure',
      comment: 'What plans or derives reads no clock, network or file.',
      severity: 'error',
      from: {
        path: '/(plan|derive)[A-Z][^/]*\\.ts$',
        pathNot: '\\.test\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-test-in-src',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|setupTests' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^|/)(dist|dist-types|coverage|node_modules)/' },
  },
};
