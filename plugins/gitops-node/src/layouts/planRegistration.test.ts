import { execFileSync } from 'node:child_process';
import { ConflictError, InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { writeAppProject } from '../manifests';
import { type Layout } from './Layout';
import { commit } from './__testUtils__/commit';
import {
  environmentOf,
  KUSTOMIZATION,
  layoutNamed,
  requestFor,
} from './__testUtils__/environments';
import { planRegistration } from './planRegistration';
import { releasePlaces } from './releasePlaces';

const lines = (...parts: string[]) => `${parts.join('\n')}\n`;
const kustomization = lines(
  'resources:',
  '  - project.yaml',
  '  - apps/cart-production-prod-eu1.yaml',
  '  - apps/web-production-prod-eu1.yaml # the shop',
);
const before = { [KUSTOMIZATION]: kustomization };
const FILE = 'clusters/production/argocd/apps/hello-production-prod-eu1.yaml';

/** Kubernetes' own schemas; the package is for import only, which jest lacks. */
function validate(kind: string, manifest: string) {
  const script = `
    const { ${kind} } = await import('@kubernetes-models/argo-cd/argoproj.io/v1alpha1/${kind}');
    new ${kind}(JSON.parse(process.argv[1])).validate();`;
  execFileSync(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify(parse(manifest))],
    { cwd: __dirname, stdio: 'pipe' },
  );
}

describe('planRegistration, multi-repo', () => {
  const plan = planRegistration(requestFor(environmentOf('multi-repo')));

  it('writes an Application for each cluster and both entries in one edit', () => {
    const after = commit(before, plan.files);

    expect(plan.files.map(file => file.path)).toEqual([
      FILE,
      FILE.replace('eu1', 'us1'),
      KUSTOMIZATION,
    ]);
    expect(after[KUSTOMIZATION]).toBe(
      lines(
        'resources:',
        '  - project.yaml',
        '  - apps/cart-production-prod-eu1.yaml',
        '  - apps/hello-production-prod-eu1.yaml',
        '  - apps/hello-production-prod-us1.yaml',
        '  - apps/web-production-prod-eu1.yaml # the shop',
      ),
    );
    expect(after[FILE]).toBe(
      lines(
        'apiVersion: argoproj.io/v1alpha1',
        'kind: Application',
        'metadata:',
        '  name: hello-production-prod-eu1',
        '  namespace: argocd',
        '  labels:',
        '    app.kubernetes.io/name: hello',
        '  annotations:',
        '    backstage.io/entity-ref: component:default/hello',
        '  finalizers:',
        '    - resources-finalizer.argocd.argoproj.io',
        'spec:',
        '  project: services-production',
        '  source:',
        '    repoURL: https://github.com/acme/hello',
        '    path: deploy/overlays/production',
        '    targetRevision: main',
        '  destination:',
        '    server: https://prod-eu1.k8s.acme.test',
        '    namespace: hello-production',
        '  syncPolicy:',
        '    automated:',
        '      prune: true',
        '      selfHeal: true',
        '    syncOptions:',
        '      - CreateNamespace=true',
      ),
    );
  });

  it('names the applications', () => {
    expect(plan).toMatchObject({
      kind: 'application',
      repository: 'https://github.com/acme/gitops-infra',
      applications: [
        {
          instance: 'main',
          namespace: 'argocd',
          name: 'hello-production-prod-eu1',
          cluster: 'prod-eu1',
        },
        { name: 'hello-production-prod-us1', cluster: 'prod-us1' },
      ],
      notes: [],
    });
  });

  it('writes what Argo CD accepts', () => {
    const after = commit(before, plan.files);

    validate('Application', after[FILE] ?? '');
    expect(() =>
      validate('Application', (after[FILE] ?? '').replace('project:', 'x:')),
    ).toThrow();
  });

  it('changes nothing the second time', () => {
    const after = commit(before, plan.files);

    expect(commit(after, plan.files)).toEqual(after);
  });

  it("keeps what people changed in a service's Application", () => {
    const after = commit(before, plan.files);
    const changed = {
      ...after,
      [FILE]: (after[FILE] ?? '')
        .replace('selfHeal: true', 'selfHeal: false # while we look')
        .replace('acme/hello', 'acme/hello.git'),
    };

    expect(commit(changed, plan.files)).toEqual(changed);
  });

  it('refuses to take the place of something else', () => {
    const after = commit(before, plan.files);
    const other = (after[FILE] ?? '').replace('acme/hello', 'other/hello');

    expect(() => commit({ ...before, [FILE]: other }, plan.files)).toThrow(
      ConflictError,
    );
    expect(() => commit({ ...before, [FILE]: '{' }, plan.files)).toThrow(
      `${FILE} exists in the platform repository and describes something else`,
    );
  });

  it.each([
    ['another entity', 'component:default/hello', 'component:other/hello'],
    ['another environment', 'overlays/production', 'overlays/eu-production'],
    ['another cluster', 'prod-eu1.k8s', 'prod-eu2.k8s'],
  ])('leaves the Application of %s alone', (_, ours, theirs) => {
    const after = commit(before, plan.files);
    const other = (after[FILE] ?? '').replace(ours, theirs);

    expect(other).not.toBe(after[FILE]);
    expect(() => commit({ ...before, [FILE]: other }, plan.files)).toThrow(
      ConflictError,
    );
  });

  it('refuses a service that is there as a remote base', () => {
    const remote = `${kustomization}  - https://github.com/acme/hello/deploy/overlays/production\n`;

    expect(() => commit({ [KUSTOMIZATION]: remote }, plan.files)).toThrow(
      /is registered there already, as https:.*Remove that registration first/,
    );
  });

  it('names the file that is missing or cannot be changed', () => {
    expect(() => commit({}, plan.files)).toThrow(
      `${KUSTOMIZATION} does not exist in the platform repository. Create it`,
    );
    expect(() =>
      commit({ [KUSTOMIZATION]: 'resources: {a: b}\n' }, plan.files),
    ).toThrow(`${KUSTOMIZATION}: \`resources\` at line 1, column 12`);
  });

  it.each(['on', '1e3', 'null', '0755'])(
    'writes a service named %s as a string',
    service => {
      const { files } = planRegistration({
        ...requestFor(environmentOf('multi-repo', ['prod-eu1'])),
        service,
      });
      const application = parse(
        commit(before, files)[FILE.replace('hello', service)] ?? '',
        { version: '1.1' },
      );

      expect(application.metadata.labels).toEqual({
        'app.kubernetes.io/name': service,
      });
    },
  );

  it.each([
    [
      'x'.repeat(45),
      `The application's name "${'x'.repeat(
        45,
      )}-production-prod-eu1" has 65 characters, 2 more than the 63 that Kubernetes allows. Shorten the service's name "${'x'.repeat(
        45,
      )}" (45 characters) to at most 43.`,
    ],
    [
      'x'.repeat(60),
      `The namespace's name "${'x'.repeat(
        60,
      )}-production" has 71 characters, 8 more than`,
    ],
    ['Hello', 'The service\'s name "Hello" cannot be part of'],
    ['a.b', 'The service\'s name "a.b" cannot be part of'],
    ['../a', 'The service\'s name "../a" cannot be part of'],
    ['', 'The service\'s name "" cannot be part of'],
  ])('refuses the service %j', (service, message) => {
    const wrong = () =>
      planRegistration({ ...requestFor(environmentOf('multi-repo')), service });

    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(message);
  });

  it.each(['hello', 'git@github.com:acme/hello', 'https://u:p@x.test/acme/a'])(
    'refuses the repository %s',
    repository => {
      const wrong = () =>
        planRegistration({
          ...requestFor(environmentOf('multi-repo')),
          repository,
        });

      expect(wrong).toThrow(InputError);
      expect(wrong).not.toThrow(/u:p/);
    },
  );
});

describe('planRegistration, multi-repo-remote-base', () => {
  const plan = planRegistration(
    requestFor(environmentOf('multi-repo-remote-base', ['prod-eu1'])),
  );

  it('adds one entry and warns of the traps', () => {
    const after = commit(
      { [KUSTOMIZATION]: 'resources:\n- ../../../components\n' },
      plan.files,
    );

    expect(after).toEqual({
      [KUSTOMIZATION]: lines(
        'resources:',
        '- ../../../components',
        '- https://github.com/acme/hello//deploy/overlays/production?ref=main',
        'buildMetadata:',
        '- originAnnotations',
      ),
    });
    expect(plan.applications).toEqual([]);
    expect(plan.notes).toHaveLength(3);
  });

  it('has origins noted down once, for all services', () => {
    const present = {
      [KUSTOMIZATION]: lines(
        'buildMetadata: [originAnnotations] # whose is it',
        'resources:',
        '- https://github.com/acme/cart//deploy/overlays/production?ref=main',
      ),
    };

    expect(commit(present, plan.files)).toEqual({
      [KUSTOMIZATION]: `${present[KUSTOMIZATION]}- https://github.com/acme/hello//deploy/overlays/production?ref=main\n`,
    });
  });

  it('recognises the entry as somebody wrote it', () => {
    const files = {
      [KUSTOMIZATION]: lines(
        'resources:',
        '- https://github.com/acme/hello/deploy/overlays/production',
        'buildMetadata:',
        '- managedByLabel',
        '- originAnnotations',
      ),
    };

    expect(commit(files, plan.files)).toEqual(files);
  });

  it('refuses a service that has an Application there', () => {
    const files = {
      [KUSTOMIZATION]: 'resources: [apps/hello-production-prod-eu1.yaml]\n',
    };

    expect(() => commit(files, plan.files)).toThrow(ConflictError);
  });
});

describe('a layout of its own', () => {
  const layout: Layout = {
    ...layoutNamed('multi-repo'),
    name: 'pinned',
    application: '<service>-<cluster>',
    registration: [
      {
        edit: 'write-file',
        path: 'services/<service>/<cluster>.json',
        content: {
          service: '<service>',
          '<environment>': ['<repositoryPath>', 3, null, true],
        },
      },
      {
        edit: 'add-resource',
        path: 'services/kustomization.yaml',
        resource: '<repositoryHost>/<repositoryPath>/<cluster>',
      },
    ],
    release: {
      repository: 'platform',
      path: '<clusterPath>/<service>/kustomization.yaml',
      image: 'ghcr.io/<repositoryPath>',
    },
  };
  const request = requestFor(environmentOf(layout));

  it('fills its placeholders', () => {
    const after = commit(
      { 'services/kustomization.yaml': '' },
      planRegistration(request).files,
    );

    expect(parse(after['services/hello/prod-eu1.json'] ?? '')).toEqual({
      service: 'hello',
      production: ['acme/hello', 3, null, true],
    });
    expect(parse(after['services/kustomization.yaml'] ?? '').resources).toEqual(
      ['github.com/acme/hello/prod-eu1', 'github.com/acme/hello/prod-us1'],
    );
  });

  it('says where its releases are', () => {
    expect(releasePlaces(request)).toEqual([
      {
        repository: 'https://github.com/acme/gitops-infra',
        path: 'clusters/production/argocd/hello/kustomization.yaml',
        image: 'ghcr.io/acme/hello',
      },
    ]);
    expect(releasePlaces(requestFor(environmentOf('multi-repo')))).toEqual([
      {
        repository: 'https://github.com/acme/hello',
        path: 'deploy/overlays/production/kustomization.yaml',
        image: 'hello',
      },
    ]);
  });

  it('refuses a file that exists with other values', () => {
    const { files } = planRegistration(request);

    expect(() =>
      commit(
        {
          'services/kustomization.yaml': '',
          'services/hello/prod-eu1.json': '{"service": "other"}',
        },
        files,
      ),
    ).toThrow(ConflictError);
  });

  it('refuses a placeholder without a value', () => {
    expect(() =>
      planRegistration(
        requestFor(environmentOf({ ...layout, namespace: '<destination>' })),
      ),
    ).toThrow(/uses <destination> in "<destination>", which has no value/);
  });
});

describe('writeAppProject', () => {
  it('allows the repositories and the clusters, and only namespaces', () => {
    const text = writeAppProject({
      environment: environmentOf('multi-repo'),
      sourceRepositories: ['https://github.com/acme/*'],
    });

    validate('AppProject', text);
    expect(parse(text)).toMatchObject({
      metadata: { name: 'services-production', namespace: 'argocd' },
      spec: {
        sourceRepos: ['https://github.com/acme/*'],
        destinations: [
          { server: 'https://prod-eu1.k8s.acme.test', namespace: '*' },
          { server: 'https://prod-us1.k8s.acme.test', namespace: '*' },
        ],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      },
    });
  });
});
