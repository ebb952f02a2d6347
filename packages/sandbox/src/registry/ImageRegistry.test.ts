import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImageRegistry } from './ImageRegistry';

describe('the image registry', () => {
  it('is asked by tag, by digest and by both', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'registry-'));
    const name = 'ghcr.io/acme/hello';
    const { digest } = createImageRegistry({ dataDir }).push(name, '1.0.0');
    const registry = createImageRegistry({ dataDir });

    expect(digest).toBe(
      `sha256:${createHash('sha256').update(`${name}:1.0.0`).digest('hex')}`,
    );
    expect(registry.has(`${name}:1.0.0`)).toBe(true);
    expect(registry.has(`${name}@${digest}`)).toBe(true);
    expect(registry.has(`${name}:1.0.0@${digest}`)).toBe(true);
    expect(registry.has(`${name}:unbuilt`)).toBe(false);
    expect(registry.has(name)).toBe(false);
    rmSync(dataDir, { recursive: true });
  });
});
