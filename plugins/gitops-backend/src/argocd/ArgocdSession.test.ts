import { ArgocdError } from './ArgocdError';
import { ArgocdSession } from './ArgocdSession';

const MINUTE = 60_000;

function token(expiresAtMs: number): string {
  const payload = Buffer.from(JSON.stringify({ exp: expiresAtMs / 1000 }));
  return `h.${payload.toString('base64url')}.s`;
}

function createSession(lifetimeMs: number) {
  const clock = { now: 1_700_000_000_000 };
  const logins: string[] = [];
  const session = new ArgocdSession({
    auth: { username: 'admin', password: 'secret' },
    now: () => clock.now,
    login: async (username, password) => {
      logins.push(`${username}:${password}`);
      return `${token(clock.now + lifetimeMs)}.${logins.length}`;
    },
  });
  return { clock, logins, session };
}

describe('ArgocdSession', () => {
  it('uses a configured token as it is', async () => {
    const session = new ArgocdSession({
      auth: { token: 'fixed' },
      login: () => Promise.reject(new Error('must not log in')),
    });

    expect(await session.token()).toBe('fixed');
    expect(session.discard('fixed')).toBe(false);
  });

  it('logs in once for many at the same time', async () => {
    const { session, logins } = createSession(60 * MINUTE);

    const tokens = await Promise.all(
      Array.from({ length: 60 }, () => session.token()),
    );

    expect(logins).toEqual(['admin:secret']);
    expect(new Set(tokens).size).toBe(1);
  });

  it('logs in again shortly before the token ends', async () => {
    const { session, logins, clock } = createSession(60 * MINUTE);
    await session.token();

    clock.now += 54 * MINUTE;
    await session.token();
    expect(logins).toHaveLength(1);

    clock.now += 2 * MINUTE;
    await session.token();
    expect(logins).toHaveLength(2);
  });

  it('uses a short-lived token for half of its life', async () => {
    const { session, logins, clock } = createSession(4 * MINUTE);
    await session.token();

    clock.now += 1.9 * MINUTE;
    await session.token();
    expect(logins).toHaveLength(1);

    clock.now += 0.2 * MINUTE;
    await session.token();
    expect(logins).toHaveLength(2);
  });

  it('logs in again after Argo CD refused the token', async () => {
    const { session, logins } = createSession(60 * MINUTE);
    const first = await session.token();

    expect(session.discard(first)).toBe(true);

    expect(await session.token()).not.toBe(first);
    expect(logins).toHaveLength(2);
  });

  it('pauses after a refused login, so as not to be locked out', async () => {
    const clock = { now: 0 };
    let logins = 0;
    const session = new ArgocdSession({
      auth: { username: 'admin', password: 'wrong' },
      now: () => clock.now,
      login: async () => {
        logins += 1;
        throw new ArgocdError('unauthorised', 'refused', 'HTTP 401');
      },
    });

    for (let second = 0; second < 300; second += 1) {
      clock.now = second * 1_000;
      await expect(session.token()).rejects.toMatchObject({
        failure: 'unauthorised',
      });
    }

    expect(logins).toBeLessThan(5);
  });
});
