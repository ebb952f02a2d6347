import { createHash } from 'node:crypto';
import { type LogLine, type Run } from './ContainerRun';
import { type Container, type Pod } from './Deployment';
import { hasBadPort } from './crashLoop';

/** `periodSeconds` of a probe that nobody configured. */
const PROBES_MS = 10_000;
/** What a kubelet keeps of a log before it rotates it, in probes. */
const KEPT_PROBES = 500;

// As Node.js 24 prints them.

const BAD_PORT = `node:net:2551
    validatePort(options.port, 'options.port');
    ^

RangeError [ERR_SOCKET_BAD_PORT]: options.port should be >= 0 and < 65536. Received type number (NaN).
    at Server.listen (node:net:2551:5)
    at file:///app/src/server.ts:36:10
    at ModuleJob.run (node:internal/modules/esm/module_job:561:25)
    at async node:internal/modules/esm/loader:647:26
    at async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:101:5) {
  code: 'ERR_SOCKET_BAD_PORT'
}

Node.js v24.21.0`;

const NO_DATABASE = `node:events:505
    throw er; // Unhandled 'error' event
    ^

Error: connect ECONNREFUSED 10.96.41.7:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:2021:16)
Emitted 'error' event on Socket instance at:
    at emitErrorNT (node:internal/streams/destroy:170:8)
    at emitErrorCloseNT (node:internal/streams/destroy:129:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:90:21) {
  errno: -111,
  code: 'ECONNREFUSED',
  syscall: 'connect',
  address: '10.96.41.7',
  port: 5432
}

Node.js v24.21.0`;

/** What a demo service writes while it runs: that it listens, each request, and why it crashed. */
export function serviceOutput(
  run: Run,
  container: Container,
  pod: Pod,
): LogLine[] {
  if (pod.spec.restartPolicy === 'Never') return jobOutput(run);
  if (hasBadPort(container)) return trace(BAD_PORT, run.endedAt);
  const listens = {
    at: run.startedAt,
    text: `Listening on ${portOf(container)}`,
  };
  if (run.exitCode) return [listens, ...trace(NO_DATABASE, run.endedAt)];
  const probes = Math.floor((run.endedAt - run.startedAt) / PROBES_MS);
  const first = Math.max(0, probes - KEPT_PROBES);
  const lines = first === 0 ? [listens] : [];
  for (let probe = first; probe < probes; probe++) {
    const at = run.startedAt + (probe + 1) * PROBES_MS;
    lines.push(...requests(at, `${pod.metadata.name}/${probe}`));
  }
  return lines;
}

/** The probes of the kubelet, and what customers asked since the last ones. */
function requests(at: number, seed: string): LogLine[] {
  const [count = 0, delay = 0] = createHash('sha256').update(seed).digest();
  const visits = Array.from({ length: count % 3 }, (_, visit) => ({
    at: at - PROBES_MS / 2 + delay * (visit + 1),
    text: 'GET / 200',
  }));
  return [
    ...visits,
    { at, text: 'GET /readyz 200' },
    { at: at + (delay % 100), text: 'GET /healthz 200' },
  ];
}

function jobOutput({ startedAt, endedAt, exitCode }: Run): LogLine[] {
  const begins = { at: startedAt, text: 'Migrating' };
  return exitCode
    ? [begins, ...trace(NO_DATABASE, endedAt)]
    : [begins, { at: endedAt, text: 'Migrated' }];
}

function trace(text: string, at: number): LogLine[] {
  return text.split('\n').map(line => ({ at, text: line }));
}

function portOf({ env }: Container): string {
  return env?.find(({ name }) => name === 'PORT')?.value ?? '8080';
}
