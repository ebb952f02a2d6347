import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ensureFree, readPort } from './ports';

describe('ensureFree', () => {
  it('names the port that is taken, and the flag', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(ensureFree(port, 'Argo CD', '--argocd-port')).rejects.toThrow(
      new RegExp(`Port ${port} is needed for Argo CD.*--argocd-port`),
    );
    server.close();
    await once(server, 'close');
    await ensureFree(port, 'Argo CD', '--argocd-port');
  });
});

describe('readPort', () => {
  it('takes numbers only', () => {
    expect(readPort('--git-port', '7080')).toBe(7080);
    expect(() => readPort('--git-port', 'http')).toThrow('--git-port http');
  });
});
