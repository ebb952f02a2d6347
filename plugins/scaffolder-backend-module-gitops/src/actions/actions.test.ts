import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  type DeregisterRequest,
  type GitopsApi,
  type RegisterRequest,
  type RegistrationChange,
} from '@callboard/backstage-plugin-gitops-common';
import { parse } from 'yaml';
import { createDeregisterAction } from './deregister';
import { createRegisterAction } from './register';

const committed: RegistrationChange = {
  outcome: 'committed',
  environment: 'dev',
  repository: 'https://github.com/acme/gitops-infra',
  files: [{ path: 'clusters/dev/argocd/kustomization.yaml', diff: '' }],
  commit: {
    sha: '9f86',
    url: 'https://github.com/acme/gitops-infra/commit/9f86',
  },
  notes: ['Argo CD was asked to look at dev'],
};

function fakeApi(answer: () => Promise<RegistrationChange>) {
  const calls: {
    request: RegisterRequest | DeregisterRequest;
    token?: string;
  }[] = [];
  const record: GitopsApi['register'] & GitopsApi['deregister'] = (
    request: RegisterRequest | DeregisterRequest,
    options,
  ) => {
    calls.push({ request, token: options?.token });
    return answer();
  };
  return {
    calls,
    gitops: { register: record, deregister: record } as GitopsApi,
  };
}

function context<T extends object>(input: T, isDryRun = false) {
  const outputs: Record<string, unknown> = {};
  const lines: string[] = [];
  return {
    outputs,
    lines,
    ctx: {
      ...createMockActionContext({ input }),
      isDryRun,
      getInitiatorCredentials: async () => mockCredentials.user(),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      logger: {
        ...mockServices.logger.mock(),
        info: (line: string) => lines.push(line),
      },
    },
  };
}

const auth = mockServices.auth();

describe('gitops:register', () => {
  it('asks the backend on behalf of the person, and puts out what came of it', async () => {
    const { gitops, calls } = fakeApi(async () => committed);
    const { ctx, outputs, lines } = context({
      entityRef: 'component:default/cart',
      environment: 'dev',
    });

    await createRegisterAction({ gitops, auth }).handler(ctx as never);

    expect(calls[0]?.request).toEqual({
      entityRef: 'component:default/cart',
      environment: 'dev',
    });
    expect(calls[0]?.token).toContain('user:default/mock');
    expect(outputs).toEqual({
      environment: 'dev',
      outcome: 'committed',
      commitUrl: committed.commit?.url,
      notes: committed.notes,
    });
    expect(lines).toEqual([
      `Committed to ${committed.repository} for dev: ${committed.commit?.url}`,
      'Argo CD was asked to look at dev',
    ]);
  });

  it('writes nothing in a dry run, and says what it would write', async () => {
    const { gitops, calls } = fakeApi(async () => ({
      ...committed,
      outcome: 'planned',
    }));
    const { ctx, lines } = context(
      { entityRef: 'component:default/cart' },
      true,
    );

    await createRegisterAction({ gitops, auth }).handler(ctx as never);

    expect(calls[0]?.request).toMatchObject({ dryRun: true });
    expect(lines[0]).toContain('clusters/dev/argocd/kustomization.yaml');
  });

  it("fails with the backend's own words", async () => {
    const response = Response.json(
      {
        error: {
          name: 'NotAllowedError',
          message: 'You do not belong to payments',
        },
        response: { statusCode: 403 },
      },
      { status: 403 },
    );
    const { gitops } = fakeApi(async () => {
      throw await ResponseError.fromResponse(response);
    });
    const { ctx } = context({ entityRef: 'component:default/cart' });

    await expect(
      createRegisterAction({ gitops, auth }).handler(ctx as never),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'You do not belong to payments',
    });
  });

  it('has examples that fit its input', () => {
    const { gitops } = fakeApi(async () => committed);
    const action = createRegisterAction({ gitops, auth });

    for (const { example } of action.examples ?? []) {
      const { input } = parse(example).steps[0];
      expect(Object.keys(action.schema?.input?.properties ?? {})).toEqual(
        expect.arrayContaining(Object.keys(input)),
      );
    }
  });
});

describe('gitops:deregister', () => {
  it('passes on what becomes of the workloads', async () => {
    const { gitops, calls } = fakeApi(async () => committed);
    const input = {
      entityRef: 'component:default/cart',
      environment: 'dev',
      workloads: 'keep',
    } as const;
    const { ctx, outputs } = context(input);

    await createDeregisterAction({ gitops, auth }).handler(ctx as never);

    expect(calls[0]?.request).toEqual(input);
    expect(outputs.outcome).toBe('committed');
  });
});
