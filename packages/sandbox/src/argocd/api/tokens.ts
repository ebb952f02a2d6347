import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { GrpcError } from './GrpcError';

/** Whoever a token speaks for. */
export interface Session {
  account: string;
  issuedAt: number;
}

interface Claims {
  iss: string;
  sub: string;
  iat: number;
  nbf: number;
  exp?: number;
  jti: string;
}

/** Signs this sandbox's tokens. No secret: nothing real accepts them. */
const KEY = 'callboard-sandbox-argocd';
const DAY_S = 24 * 60 * 60;

/** The account token of `backstage`, the same in every sandbox so that a configuration file can hold it. */
export const SANDBOX_ARGOCD_TOKEN = sign({
  iss: 'argocd',
  sub: 'backstage:apiKey',
  nbf: 1_767_225_600,
  iat: 1_767_225_600,
  jti: 'callboard',
});

/** A token as a login gets it, good for a day. */
export function sessionToken(account: string, nowMs: number): string {
  const now = Math.floor(nowMs / 1000);
  return sign({
    iss: 'argocd',
    sub: `${account}:login`,
    exp: now + DAY_S,
    nbf: now,
    iat: now,
    jti: randomUUID(),
  });
}

/** An account token like `SANDBOX_ARGOCD_TOKEN`, for another account. */
export function accountToken(account: string): string {
  return sign({
    iss: 'argocd',
    sub: `${account}:apiKey`,
    nbf: 1_767_225_600,
    iat: 1_767_225_600,
    jti: account,
  });
}

/**
 * The session of a request.
 *
 * @throws GrpcError `Unauthenticated` without a token or with a bad one, in Argo CD's words.
 */
export function readSession(
  headers: { authorization?: string; cookie?: string },
  accounts: ReadonlySet<string>,
  nowMs: number,
): Session {
  const token = tokenOf(headers);
  if (!token) throw unauthenticated('no session information');
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(`${header}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw unauthenticated(
      'invalid session: token signature is invalid: signature is invalid',
    );
  }
  const claims = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as Claims;
  if (claims.exp !== undefined && claims.exp * 1000 < nowMs) {
    throw unauthenticated(
      'invalid session: token has invalid claims: token is expired',
    );
  }
  const [account = ''] = claims.sub.split(':');
  if (!accounts.has(account)) {
    throw unauthenticated(`invalid session: account ${account} does not exist`);
  }
  return { account, issuedAt: claims.iat };
}

export function unauthenticated(message: string): GrpcError {
  return new GrpcError('Unauthenticated', message);
}

/** What has not three parts counts as no token at all. */
function tokenOf(headers: {
  authorization?: string;
  cookie?: string;
}): string | undefined {
  const [, bearer] = /^Bearer (.*)$/i.exec(headers.authorization ?? '') ?? [];
  const [, cookie] =
    /(?:^|;\s*)argocd\.token=([^;]*)/.exec(headers.cookie ?? '') ?? [];
  const token = bearer ?? cookie;
  return token?.split('.').length === 3 ? token : undefined;
}

function sign(claims: Claims): string {
  const encode = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${signatureOf(text)}`;
}

function signatureOf(text: string): string {
  return createHmac('sha256', KEY).update(text).digest('base64url');
}
