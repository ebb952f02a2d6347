import { type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type Session } from './tokens';

/** One request, as routes see it. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
  rawBody: string;
  /** Throws `Unauthenticated`; routes for everyone don't ask. */
  session(): Session;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** `{name}` stands for one segment, `{name=**}` for all that follow. */
  path: string;
  /** Its answer is sent as JSON. */
  answer?(call: Call): unknown;
  /** Sends its answer itself. */
  stream?(call: Call, response: ServerResponse): void;
}

type Match =
  | { route: Route; params: Record<string, string> }
  | 'no such path'
  | 'wrong method';

export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Match {
  let wrongMethod = false;
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (!params) continue;
    if (route.method === method) return { route, params };
    wrongMethod = true;
  }
  return wrongMethod ? 'wrong method' : 'no such path';
}

function matchPath(
  pattern: string,
  path: string,
): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const [, name, rest] = /^\{(\w+)(=\*\*)?\}$/.exec(part) ?? [];
    const value = given[index];
    if (value === undefined) return undefined;
    if (name && rest) {
      params[name] = decode(given.slice(index).join('/'));
      return params;
    }
    if (name && value !== '') params[name] = decode(value);
    else if (part !== value) return undefined;
  }
  return given.length === wanted.length ? params : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
