import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createImageRegistry } from './registry/ImageRegistry';
import { startOver } from './startOver';

describe('startOver', () => {
  const folder = () => mkdtempSync(path.join(tmpdir(), 'start-over-'));

  it("removes a sandbox's folder", () => {
    const dataDir = folder();
    createImageRegistry({ dataDir }).push('ghcr.io/acme/cart', '1.0.1');
    startOver(dataDir);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('removes no other folder', () => {
    const dataDir = folder();
    writeFileSync(path.join(dataDir, 'letter.txt'), 'dear');
    expect(() => startOver(dataDir)).toThrow('does not look like a sandbox');
    expect(existsSync(path.join(dataDir, 'letter.txt'))).toBe(true);
  });

  it('needs nothing to be there', () => {
    const none = path.join(folder(), 'none');
    startOver(none);
    expect(existsSync(none)).toBe(false);
  });
});
