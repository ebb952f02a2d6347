import { type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod/v4';
import { startHttpServer } from '../__testUtils__/startHttpServer';
import { ArgocdCalls } from './ArgocdCalls';

const TIMEOUTS = {
  connectMs: 300,
  // Only what is tested may end a call.
  firstByteMs: 60_000,
  refreshMs: 60_000,
  silenceMs: 60_000,
  streamSilenceMs: 60_000,
};
const NAMES = { names: Array.from({ length: 200 }, (_, at) => `name-${at}`) };
const PATH = { path: ['names'] };

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

function callsOf(apiUrl: string, onReceived?: (bytes: number) => void) {
  const auth = { token: 'a.b.c' };
  const calls = new ArgocdCalls({
    apiUrl,
    auth,
    timeouts: TIMEOUTS,
    onReceived,
  });
  stops.push(() => calls.close());
  return calls;
}

async function connect(
  listener: RequestListener,
  onReceived?: (bytes: number) => void,
) {
  const server = await startHttpServer(listener);
  stops.push(server.stop);
  return callsOf(server.url, onReceived);
}

/** Takes connections, and never says a word. */
async function startMute(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => sockets.add(socket));
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stops.push(async () => {
    sockets.forEach(socket => socket.destroy());
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('connections to Argo CD', () => {
  it('are given up that do not come about', async () => {
    const calls = callsOf(`https://${await startMute()}`);

    await expect(calls.json(z.unknown(), PATH)).rejects.toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining('no connection came about in time'),
    });
  });

  it('carry answers compressed', async () => {
    let received = 0;
    const packed = gzipSync(JSON.stringify(NAMES));
    const calls = await connect(
      (req, res) => {
        const asked = /\bgzip\b/.test(`${req.headers['accept-encoding']}`);
        res.writeHead(200, asked ? { 'Content-Encoding': 'gzip' } : {});
        res.end(asked ? packed : gunzipSync(packed));
      },
      bytes => {
        received += bytes;
      },
    );

    expect(await calls.json(z.unknown(), PATH)).toEqual(NAMES);
    expect(received).toBe(packed.length);
  });

  it.each([
    ['at once', { 'Content-Type': 'application/json' }, (text: string) => text],
    ['compressed', { 'Content-Encoding': 'gzip' }, gzipSync],
  ])('carry no answer that is too long, %s', async (_, headers, pack) => {
    const text = JSON.stringify('x'.repeat(1_000_000));
    const calls = await connect((__, res) => {
      res.writeHead(200, headers);
      res.end(pack(text));
    });

    const { length } = text;
    const ask = (maxBytes: number) =>
      calls.json(z.string(), { ...PATH, maxBytes });

    expect(await ask(length)).toHaveLength(1_000_000);
    await expect(ask(length - 1)).rejects.toMatchObject({
      failure: 'unreachable',
      message: 'Argo CD answered with more than can be read',
      detail: `more than ${length - 1} bytes`,
    });
  });
});
