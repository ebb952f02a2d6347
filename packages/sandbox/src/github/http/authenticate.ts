import { type Accounts } from '../Accounts';
import { type UserRecord } from '../records';

/**
 * Whose credentials these are: `token` and `Bearer` for the API, `Basic` for
 * Git, where the token is the password, or the user name without one.
 */
export function authenticate(
  accounts: Accounts,
  header: string | undefined,
): UserRecord | undefined | 'bad-credentials' {
  if (!header) return undefined;
  const [, scheme = '', value = ''] = /^(\S+)\s+(.*)$/.exec(header) ?? [];
  const tokens = /^basic$/i.test(scheme) ? basicTokens(value) : [value.trim()];
  for (const token of tokens) {
    const user = accounts.byToken(token);
    if (user) return user;
  }
  return 'bad-credentials';
}

function basicTokens(value: string): string[] {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return [text.slice(at + 1), text.slice(0, at)];
}
