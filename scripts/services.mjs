// The long-running processes of `npm start`: started in groups of their own,
// logged to files, stopped together.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './toolchain.mjs';

const PATIENCE_MS = 8_000;
const services = [];
let stopping;

/** Starts a service; its output goes to `logs/<name>.log`, or to the terminal. */
export function startService(name, command, { args, cwd, env, visible }) {
  const log = path.join(root, 'logs', `${name}.log`);
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const file = visible ? 'inherit' : fs.openSync(log, 'w');
  const child = spawn(command, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', file, file],
  });
  const ended = new Promise(resolve => {
    child.on('close', resolve);
    child.on('error', resolve);
  });
  services.push({ child, ended });
  ended.then(async code => {
    if (stopping) {
      return;
    }
    console.error(`\n✗ The ${name} stopped unexpectedly (${code}).`);
    if (!visible) {
      console.error(`${lastLines(log)}\n\nThe whole log: ${log}`);
    }
    await stopServices();
    process.exit(typeof code === 'number' && code > 0 ? code : 1);
  });
}

function lastLines(log) {
  return fs
    .readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-30)
    .join('\n');
}

/** Stops what was started, politely and then not; resolves when all has ended. */
export function stopServices() {
  stopping ??= Promise.all(services.map(stop)).then(() => undefined);
  return stopping;
}

async function stop({ child, ended }) {
  if (child.exitCode !== null || child.signalCode !== null) {
    signal(child, 'SIGKILL');
    return;
  }
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
  // Grandchildren that outlived the group's leader.
  signal(child, 'SIGKILL');
}

function signal(child, name) {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone, which is what was wanted.
  }
}
