import { z } from 'zod';
import { sendText } from './ApiServer';
import { type Engine } from './Engine';
import { GrpcError } from './GrpcError';
import { type Policy } from './Policy';
import { type Call, type Route } from './Route';
import { sessionToken, unauthenticated } from './tokens';

/** Accounts that may log in, as `argocd-cm` and `argocd-secret` would say. */
const PASSWORDS: Readonly<Record<string, string>> = { admin: 'sandbox-admin' };

const RESOURCES = [
  'clusters',
  'projects',
  'applications',
  'applicationsets',
  'repositories',
  'write-repositories',
  'certificates',
  'accounts',
  'gpgkeys',
  'logs',
  'exec',
  'extensions',
];
const ACTIONS = [
  'get',
  'create',
  'update',
  'delete',
  'sync',
  'override',
  'action',
  'invoke',
];

const credentials = z.object({
  username: z.string().optional(),
  password: z.string().optional(),
});

/** Sessions, the version, settings, and what the caller may do. */
export function sessionRoutes(parts: {
  policy: Policy;
  version: string;
  url: () => string;
  kustomize: Engine['kustomize'];
}): Route[] {
  const { policy, version, url, kustomize } = parts;
  return [
    {
      method: 'GET',
      path: '/api/version',
      answer: async call => ({
        Version: version,
        ...(isLoggedIn(call)
          ? {
              BuildDate: '2026-01-01T00:00:00Z',
              Platform: 'linux/amd64',
              KustomizeVersion: await kustomize.version(),
            }
          : {}),
      }),
    },
    { method: 'POST', path: '/api/v1/session', answer: logIn },
    { method: 'DELETE', path: '/api/v1/session', answer: () => ({}) },
    {
      method: 'GET',
      path: '/api/v1/session/userinfo',
      answer: call =>
        isLoggedIn(call)
          ? {
              loggedIn: true,
              username: call.session().account,
              iss: 'argocd',
            }
          : {},
    },
    {
      method: 'GET',
      path: '/api/v1/settings',
      answer: call => ({
        url: url(),
        appLabelKey: 'app.kubernetes.io/instance',
        trackingMethod: 'annotation',
        ...(isLoggedIn(call) ? { controllerNamespace: 'argocd' } : {}),
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/account/can-i/{resource}/{action}/{subresource=**}',
      answer: call => canI(call, policy),
    },
    {
      method: 'GET',
      path: '/healthz',
      stream: (_, response) => sendText(response, 200, 'ok'),
    },
  ];
}

function logIn(call: Call) {
  const parsed = credentials.safeParse(call.body);
  const { username = '', password = '' } = parsed.data ?? {};
  if (username === '' && password === '') {
    throw unauthenticated('no credentials supplied');
  }
  if (username.length > 32) {
    throw new GrpcError(
      'InvalidArgument',
      'Username is too long (32 bytes max)',
    );
  }
  const known = PASSWORDS[username];
  if (known === undefined || known !== password) {
    throw unauthenticated('Invalid username or password');
  }
  return { token: sessionToken(username, Date.now()) };
}

function canI(call: Call, policy: Policy) {
  const { resource = '', action = '', subresource = '' } = call.params;
  const { account } = call.session();
  requireOneOf(ACTIONS, action);
  requireOneOf(RESOURCES, resource);
  const allowed = policy.allows(account, {
    resource,
    action,
    object: subresource,
  });
  return { value: allowed ? 'yes' : 'no' };
}

function requireOneOf(known: readonly string[], value: string): void {
  if (known.includes(value)) return;
  throw new GrpcError(
    'InvalidArgument',
    `[${known.join(' ')}] does not contain ${value}`,
  );
}

/** A bad token is as good as none where everybody may ask. */
function isLoggedIn(call: Call): boolean {
  try {
    call.session();
    return true;
  } catch {
    return false;
  }
}
