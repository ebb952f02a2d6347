import { get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { until } from './until';

/** A browser's connection to the signals backend. */
export class BrowserSocket {
  /** What came, the oldest first; `at` in milliseconds since the epoch. */
  readonly messages: {
    readonly channel: string;
    readonly message: { readonly version: number };
    readonly at: number;
  }[] = [];
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.messages.push({ ...JSON.parse(data), at: Date.now() });
    });
  }

  /** @param url - of the backend. */
  static async open(url: string): Promise<BrowserSocket> {
    const address = `${url.replace('http', 'ws')}/api/signals`;
    await wake(url);
    const socket = new WebSocket(address, mockCredentials.user.token());
    await until(() => socket.readyState === WebSocket.OPEN);
    return new BrowserSocket(socket);
  }

  subscribe(channel: string): void {
    this.#socket.send(JSON.stringify({ action: 'subscribe', channel }));
  }

  /** What came on a channel. */
  heard(channel: string): BrowserSocket['messages'] {
    return this.messages.filter(it => it.channel === channel);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await until(() => this.#socket.readyState === WebSocket.CLOSED);
  }
}

/** The first attempt of all makes the signals backend listen to the next. */
async function wake(url: string): Promise<void> {
  const attempt = get(`${url}/api/signals`, {
    agent: false,
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
  });
  attempt.on('error', () => {});
  // It may never be answered.
  await setTimeout(200);
  attempt.destroy();
}
