const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;

/**
 * A repository's address without what gives access to it: user, password or
 * token before the host, and a query. Of SSH addresses the user's name stays:
 * it is no secret, and without it `git@host:path` is no address.
 *
 * @returns the address as it was spelled otherwise, trimmed.
 */
export function withoutCredentials(address: string): string {
  const text = address.trim();
  const [scheme] = SCHEME.exec(text) ?? [];
  if (scheme === undefined) {
    return withoutScheme(text);
  }
  const [rest = ''] = text.slice(scheme.length).split(/[?#]/);
  const bare = rest.slice(endOfUser(text, rest));
  const user = /^ssh:/i.test(scheme) && /^[\w.-]+(?=[:@])/.exec(rest)?.[0];
  return user && bare !== rest
    ? `${scheme}${user}@${bare}`
    : `${scheme}${bare}`;
}

/** Where the host begins; a password that is not encoded may hold anything. */
function endOfUser(address: string, rest: string): number {
  const [authority = ''] = URL.canParse(address) ? rest.split('/') : [rest];
  return authority.lastIndexOf('@') + 1;
}

/** `user@host:path`, or the address of a registry. */
function withoutScheme(text: string): string {
  const [, user, rest = text] =
    /^([^:@/\s]*)(?::[^@\s]*)?@([^@]*)$/.exec(text) ?? [];
  return user && /^[^:/]+:/.test(rest) ? `${user}@${rest}` : rest;
}
