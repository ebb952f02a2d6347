import { createServer } from 'node:net';
import { ConflictError, InputError } from '@backstage/errors';

/** @throws InputError where the text is no port */
export function readPort(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InputError(`${flag} ${text} is not a port (0 to 65535)`);
  }
  return port;
}

/**
 * Makes sure that nobody listens there.
 *
 * @throws ConflictError that names the port and the flag to choose another.
 */
export async function ensureFree(
  port: number,
  user: string,
  flag: string,
): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    throw new ConflictError(
      `Port ${port} is needed for ${user}, but something else uses it (${
        (error as NodeJS.ErrnoException).code
      }). Stop that, or choose another with ${flag} <port> and name it in app-config.sandbox.yaml, too.`,
    );
  } finally {
    probe.close();
  }
}
