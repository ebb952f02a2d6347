import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Trickle } from './Trickle';

describe('Trickle', () => {
  it.each([false, true])(
    'takes nothing more once the response was ended (slow: %s)',
    async isSlow => {
      const errors: Error[] = [];
      const server = createServer((_, response) => {
        response.on('error', error => errors.push(error));
        const trickle = new Trickle(response, () => isSlow);
        response.write('all');
        response.end();
        trickle.write(' and more');
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;

      const answer = await fetch(`http://127.0.0.1:${port}`);

      expect(await answer.text()).toBe('all');
      expect(errors).toEqual([]);
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  );
});
