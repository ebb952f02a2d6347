import { type Socket } from 'node:net';

/** What was asked of a server since it started, and how much it sent. */
interface TrafficCount {
  readonly calls: number;
  /** By method and path, as the route has it. */
  readonly byRoute: Readonly<Record<string, number>>;
  /** On the wire: compressed, with headers, streams included. */
  readonly bytes: number;
  /** When the first call came; milliseconds since the epoch. */
  readonly firstCallAt: number | undefined;
}

/** Counts a server's calls and bytes. */
export class Traffic {
  readonly #routes = new Map<string, number>();
  readonly #open = new Set<Socket>();
  #closed = 0;
  #firstCallAt: number | undefined;

  follow(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#closed += socket.bytesWritten;
    });
  }

  called(route: { method: string; path: string }): void {
    this.#firstCallAt ??= Date.now();
    const name = `${route.method} ${route.path}`;
    this.#routes.set(name, (this.#routes.get(name) ?? 0) + 1);
  }

  get count(): TrafficCount {
    const counts = [...this.#routes.values()];
    return {
      calls: counts.reduce((sum, count) => sum + count, 0),
      byRoute: Object.fromEntries(this.#routes),
      bytes: [...this.#open].reduce(
        (sum, { bytesWritten }) => sum + bytesWritten,
        this.#closed,
      ),
      firstCallAt: this.#firstCallAt,
    };
  }
}
