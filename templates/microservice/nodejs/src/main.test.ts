import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

it('starts, greets, and stops cleanly when Kubernetes says so', async () => {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [first] = await once(lines, 'line');
  const { message, port } = JSON.parse(first);
  assert.equal(message, 'Listening');

  const response = await fetch(`http://localhost:${port}/`);
  assert.deepEqual(await response.json(), {
    message: 'Hello from ${{ values.name }}',
  });

  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});
