import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/**
 * Listens on this machine only, under the name that integrations are
 * configured with: to Backstage `localhost` and `127.0.0.1` are two hosts.
 */
export async function listen(
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address() as AddressInfo;
  return { server, url: `http://localhost:${address.port}` };
}
