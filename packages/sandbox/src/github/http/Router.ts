import { type Call } from './Call';
import { type Reply } from './Reply';

/** An operation of the API. */
export interface Route {
  /** Method and path, as GitHub's OpenAPI description names them. */
  readonly operation: string;
  handle(call: Call): Promise<Reply>;
}

/** A route and what its path's placeholders stand for. */
interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Placeholders whose value may contain slashes, encoded or not. */
const LONG_PARAMETERS = ['ref', 'basehead', 'branch'];

/**
 * Finds the route of a request. Octokit encodes slashes in parameters, other
 * clients don't: so the raw path is matched, and decoded afterwards.
 */
export class Router {
  readonly #routes: readonly {
    route: Route;
    method: string;
    pattern: RegExp;
  }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes
      .map(route => {
        const [method = '', path = ''] = route.operation.split(' ');
        return { route, method, path, pattern: patternOf(path) };
      })
      .sort((a, b) => weightOf(b.path) - weightOf(a.path));
  }

  find(method: string, rawPath: string): Found | undefined {
    // A HEAD is a GET whose body is not sent.
    const wanted = method === 'HEAD' ? 'GET' : method;
    for (const { route, method: offered, pattern } of this.#routes) {
      const match = offered === wanted ? pattern.exec(rawPath) : null;
      const params = match && decoded(match.groups ?? {});
      if (params) return { route, params };
    }
    return undefined;
  }
}

function patternOf(path: string): RegExp {
  const source = path
    // The root folder has an empty path.
    .replace('/{path}', '(?:/(?<path>.*?))?')
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      LONG_PARAMETERS.includes(name) ? `(?<${name}>.+?)` : `(?<${name}>[^/]+)`,
    );
  return new RegExp(`^${source}/?$`);
}

/** More words in the path come first: `commits/{ref}/status` before `commits/{ref}`. */
function weightOf(path: string): number {
  return path.split('/').filter(part => !part.startsWith('{')).length;
}

function decoded(
  groups: Record<string, string | undefined>,
): Record<string, string> | undefined {
  try {
    const entries = Object.entries(groups);
    return Object.fromEntries(
      entries.map(([name, value = '']) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return undefined;
  }
}
