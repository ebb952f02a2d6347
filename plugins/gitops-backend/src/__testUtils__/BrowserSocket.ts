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
    // The first attempt of all makes the backend listen to the next.
    const first = new WebSocket(address, mockCredentials.user.token());
    first.addEventListener('error', () => {});
    await new Promise(resolve => setTimeout(resolve, 200));
    first.close();
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

  close(): void {
    this.#socket.close();
  }
}
