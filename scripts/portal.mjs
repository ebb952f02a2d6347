// How to find out whether the portal can be used.
import net from 'node:net';
import { SetupError } from './toolchain.mjs';

const PURPOSE = {
  3000: "the portal's frontend",
  7007: "the portal's backend",
  7080: "the sandbox's Git hosting",
  7081: "the sandbox's Argo CD",
};
const PATIENCE_MS = 240_000;
const PAUSE_MS = 500;

/** Throws where one of the ports is taken, naming it. */
export async function checkPorts(ports) {
  const taken = [];
  for (const port of ports) {
    if (!(await isFree(port))) {
      taken.push(`${port} (${PURPOSE[port]})`);
    }
  }
  if (taken.length > 0) {
    throw new SetupError(
      `Taken by another program: port ${taken.join(', port ')}.\n` +
        'Stop that program (an earlier Callboard, perhaps) and try again.',
    );
  }
}

async function isFree(port) {
  // Both of the addresses that `localhost` may stand for.
  for (const host of ['127.0.0.1', '::1']) {
    const free = await new Promise(resolve => {
      const server = net.createServer();
      server.once('error', error => resolve(error.code !== 'EADDRINUSE'));
      server.listen({ port, host }, () => server.close(() => resolve(true)));
    });
    if (!free) {
      return false;
    }
  }
  return true;
}

/** Resolves when the address answers, and not that it is unable to. */
export function untilAnswers(url) {
  return until(url, async () => (await fetch(url)).status < 500);
}

/** Resolves when the catalog knows the entity, asked as the guest. */
export function untilCatalogued(entityRef) {
  const [, kind, namespace, name] = /^(.+):(.+)\/(.+)$/.exec(entityRef);
  return until(`${entityRef} in the catalog`, async () => {
    const session = await fetch(
      'http://localhost:7007/api/auth/guest/refresh',
      {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      },
    );
    const { backstageIdentity } = await session.json();
    const entity = await fetch(
      `http://localhost:7007/api/catalog/entities/by-name/${kind}/${namespace}/${name}`,
      { headers: { Authorization: `Bearer ${backstageIdentity.token}` } },
    );
    return entity.ok;
  });
}

async function until(what, isSo) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (await isSo().catch(() => false)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `Waited ${
          PATIENCE_MS / 1000
        } s for ${what}. Look into logs/portal.log and logs/sandbox.log.`,
      );
    }
    await new Promise(resolve => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}
