import { ConflictError } from '@backstage/errors';
import { commit, type Files } from './__testUtils__/commit';
import {
  environmentOf,
  KUSTOMIZATION,
  requestFor,
} from './__testUtils__/environments';
import {
  type DeregistrationPlan,
  planDeregistration,
} from './planDeregistration';
import { planRegistration } from './planRegistration';
import { readRegistration, registrationPaths } from './readRegistration';

const FILE = 'clusters/production/argocd/apps/hello-production-prod-eu1.yaml';
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const request = requestFor(environmentOf('multi-repo'));
const remoteRequest = requestFor(
  environmentOf('multi-repo-remote-base', ['prod-eu1']),
);
const before: Files = {
  [KUSTOMIZATION]: 'resources:\n  - project.yaml # first\n  - apps/web.yaml\n',
};
const registered = commit(before, planRegistration(request).files);
const remoteBase = commit(before, planRegistration(remoteRequest).files);

const step = (files: Files, plan: DeregistrationPlan, index: number) =>
  commit(files, plan.steps[index]?.files ?? []);

describe('planDeregistration', () => {
  it('deletes in one commit where the finalizer is there', () => {
    const plan = planDeregistration(request, { workloads: 'delete' });

    expect(step(registered, plan, 0)).toEqual(registered);
    expect(step(registered, plan, 1)).toEqual(before);
    expect(plan.steps[1]?.requires).toMatchObject({
      finalizer: 'present',
      applications: [
        { name: 'hello-production-prod-eu1' },
        { name: 'hello-production-prod-us1' },
      ],
    });
    expect(plan.notes.join()).toMatch(/Argo CD deletes everything/);
  });

  it('keeps workloads by taking the finalizer away first', () => {
    const plan = planDeregistration(request, { workloads: 'keep' });
    const released = step(registered, plan, 0);

    expect(released[FILE]).toBe(
      registered[FILE]?.replace(`  finalizers:\n    - ${FINALIZER}\n`, ''),
    );
    expect(released[KUSTOMIZATION]).toBe(registered[KUSTOMIZATION]);
    expect(step(released, plan, 1)).toEqual(before);
    expect(plan.steps[1]?.requires?.finalizer).toBe('absent');
    expect(plan.notes.join()).toMatch(/keep running on prod-eu1, prod-us1/);
  });

  it.each([
    ['missing', '', `  finalizers:\n    - ${FINALIZER}\n`],
    ['empty', '  finalizers: []\n', `  finalizers:\n    - ${FINALIZER}\n`],
    ['without value', '  finalizers:\n', `  finalizers:\n    - ${FINALIZER}\n`],
    [
      'another one',
      '  finalizers: [a/b]\n',
      `  finalizers: [a/b, ${FINALIZER}]\n`,
    ],
    [
      'there with a mode',
      `  finalizers:\n    - ${FINALIZER}/background\n`,
      `  finalizers:\n    - ${FINALIZER}/background\n`,
    ],
  ])(
    'puts the finalizer back before it deletes: %s',
    (_, present, expected) => {
      const written = `  finalizers:\n    - ${FINALIZER}\n`;
      const text = registered[FILE]?.replace(written, present) ?? '';
      const plan = planDeregistration(request, { workloads: 'delete' });

      expect(step({ ...registered, [FILE]: text }, plan, 0)[FILE]).toBe(
        registered[FILE]?.replace(written, expected),
      );
    },
  );

  it('takes only its own finalizer away', () => {
    const others = registered[FILE]?.replace(
      `    - ${FINALIZER}\n`,
      `    # ours\n    - ${FINALIZER}/foreground\n    - acme.test/audit\n`,
    );
    const plan = planDeregistration(request, { workloads: 'keep' });
    const released = step({ ...registered, [FILE]: others ?? '' }, plan, 0);

    expect(released[FILE]).toContain(
      '  finalizers:\n    # ours\n    - acme.test/audit\n',
    );
  });

  it('changes nothing where nothing is registered', () => {
    const plan = planDeregistration(request, { workloads: 'keep' });

    expect(step(before, plan, 0)).toEqual(before);
    expect(step(before, plan, 1)).toEqual(before);
    expect(step({}, plan, 1)).toEqual({});
  });

  it("does not remove a file that is somebody else's", () => {
    const foreign = { ...registered, [FILE]: 'kind: ConfigMap\n' };
    const plan = planDeregistration(request, { workloads: 'delete' });

    expect(() => step(foreign, plan, 1)).toThrow(ConflictError);
  });

  it('removes a remote base, also where the layout has become another', () => {
    const plans = [remoteRequest, request].map(each =>
      planDeregistration(each, { workloads: 'delete' }),
    );

    for (const plan of plans) {
      // What is noted down is so for the others, too.
      expect(step(step(remoteBase, plan, 0), plan, 1)).toEqual({
        [KUSTOMIZATION]: `${before[KUSTOMIZATION]}buildMetadata:\n  - originAnnotations\n`,
      });
    }
  });

  it.each(['keep', 'delete'] as const)(
    'waits for every Application whose file it removes, also where the layout has become another (%s)',
    workloads => {
      const files = commit(
        before,
        planRegistration(requestFor(environmentOf('multi-repo', ['prod-eu1'])))
          .files,
      );
      const plan = planDeregistration(remoteRequest, { workloads });

      expect(step(step(files, plan, 0), plan, 1)).toEqual(before);
      expect(plan.steps[1]?.requires).toMatchObject({
        finalizer: workloads === 'keep' ? 'absent' : 'present',
        applications: [{ name: 'hello-production-prod-eu1' }],
      });
    },
  );

  it('cannot keep the workloads of a remote base, and says why', () => {
    const plan = planDeregistration(remoteRequest, { workloads: 'keep' });

    expect(() => step(remoteBase, plan, 0)).toThrow(ConflictError);
    expect(() => step(remoteBase, plan, 1)).toThrow(
      /prunes its workloads when the entry goes.*Prune=false/,
    );
  });
});

describe('readRegistration', () => {
  it('needs one file for clusters that share a path', () => {
    expect(registrationPaths(request)).toEqual([KUSTOMIZATION]);
  });

  it.each([
    ['nothing', before, { clusters: [] }],
    ['no file', {}, { clusters: [] }],
    [
      'all clusters',
      registered,
      { kind: 'application', clusters: ['prod-eu1', 'prod-us1'] },
    ],
    [
      'one cluster',
      {
        [KUSTOMIZATION]: 'resources: [./apps/hello-production-prod-us1.yaml]\n',
      },
      { kind: 'application', clusters: ['prod-us1'] },
    ],
  ])('finds %s', (_, files, expected) => {
    expect(readRegistration(request, files)).toEqual({
      notes: [],
      ...expected,
    });
  });

  it('finds a remote base in the spelling of the seed, and warns', () => {
    const files = {
      [KUSTOMIZATION]:
        'resources:\n- https://github.com/acme/hello/deploy/overlays/production\n',
    };
    const found = readRegistration(
      requestFor(environmentOf('multi-repo', ['prod-eu1'])),
      files,
    );

    expect(found).toMatchObject({
      kind: 'remote-base',
      clusters: ['prod-eu1'],
    });
    expect(found.notes).toHaveLength(3);
  });

  it('reads the files of a layout without entries', () => {
    const layout = {
      ...request.environment.layout,
      registration: request.environment.layout.registration.filter(
        ({ edit }) => edit === 'write-file',
      ),
    };
    const own = requestFor(environmentOf(layout));

    expect(registrationPaths(own)).toContain(FILE);
    expect(readRegistration(own, { [FILE]: 'x' })).toMatchObject({
      clusters: ['prod-eu1'],
    });
  });

  it('names the file that is no kustomization', () => {
    expect(() =>
      readRegistration(request, { [KUSTOMIZATION]: 'a: [' }),
    ).toThrow(`${KUSTOMIZATION}: The kustomization is not valid YAML at line`);
  });
});
