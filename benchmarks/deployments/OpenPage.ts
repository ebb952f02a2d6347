import { type DeploymentList } from '@callboard/backstage-plugin-gitops-common';
import { type Portal } from './Portal';
import { now } from './now';
import { pause } from './pause';

const PATIENCE_MS = 10_000;

/** The first attempt of all makes the backend listen to the next. */
async function connect(
  portal: Portal,
  attempt: number = 1,
): Promise<WebSocket> {
  const address = `${portal.url.replace('http', 'ws')}/api/signals`;
  const socket = new WebSocket(address, portal.token);
  const isOpen = await Promise.race([
    new Promise<boolean>(resolve => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
    }),
    pause(1_000).then(() => false),
  ]);
  if (isOpen) return socket;
  socket.close();
  if (attempt === 5) throw new TypeError(`${address} refuses web sockets`);
  return connect(portal, attempt + 1);
}

/** The page of a service in a browser that listens to signals. */
export class OpenPage {
  readonly #portal: Portal;
  readonly #route: string;
  readonly #socket: WebSocket;
  /** When the last signal came, in milliseconds since the epoch. */
  signalledAt = NaN;

  private constructor(portal: Portal, route: string, socket: WebSocket) {
    this.#portal = portal;
    this.#route = route;
    this.#socket = socket;
  }

  static async open(portal: Portal, service: string): Promise<OpenPage> {
    const route = `gitops/v1/deployments?entityRef=component:default/${service}`;
    const { channel } = await portal.get<DeploymentList>(route);
    const socket = await connect(portal);
    socket.send(JSON.stringify({ action: 'subscribe', channel }));
    return new OpenPage(portal, route, socket);
  }

  /** Asks again whenever a signal comes, as the tab does. */
  untilDegraded(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new TypeError(`No news of ${name}`)),
        PATIENCE_MS,
      );
      this.#socket.addEventListener('message', async () => {
        const signalledAt = now();
        const { items } = await this.#portal.get<DeploymentList>(this.#route);
        const found = items.find(
          ({ application }) => application.name === name,
        );
        if (found?.health.status === 'Degraded') {
          this.signalledAt = signalledAt;
          clearTimeout(timer);
          resolve();
        }
      });
    });
  }

  close(): void {
    this.#socket.close();
  }
}
