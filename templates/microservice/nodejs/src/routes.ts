import { type IncomingMessage } from 'node:http';

/** What a request is answered with; the body is sent as JSON. */
export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** The service's answers, by method and path. */
export type Routes = Readonly<
  Record<string, (request: IncomingMessage) => Reply | Promise<Reply>>
>;

/** What this service is for. Begin here. */
export const routes: Routes = {
  'GET /': () => ({ body: { message: 'Hello from ${{ values.name }}' } }),
};
