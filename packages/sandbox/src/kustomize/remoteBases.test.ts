import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasFloatingBase } from './remoteBases';

const SHA = 'a'.repeat(40);

describe('a kustomization with a floating base', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bases-'));
    mkdirSync(join(folder, 'base'));
    mkdirSync(join(folder, 'overlay'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name, 'kustomization.yaml'), text);

  it.each([
    ['a file', 'deployment.yaml', false],
    ['a branch', 'https://git.test/acme/x//deploy?ref=main', true],
    ['no ref', 'https://git.test/acme/x/deploy', true],
    ['github.com without scheme', 'github.com/acme/x//deploy', true],
    ['ssh', 'git@git.test:acme/x//deploy?ref=v1', true],
    ['a commit', `https://git.test/acme/x//deploy?ref=${SHA}`, false],
    ['a short commit', 'https://git.test/acme/x//deploy?ref=abcdef0', true],
  ])('%s', async (...[, resource, floats]) => {
    write('base', `resources: ['${resource}']\n`);
    write('overlay', 'resources: [../base]\n');

    expect(await hasFloatingBase(join(folder, 'overlay'))).toBe(floats);
  });

  it('is found among components, and not looked for in circles', async () => {
    write(
      'base',
      "resources: [../overlay]\ncomponents: ['https://x.test/a/b']\n",
    );
    write('overlay', 'resources: [../base]\n');

    expect(await hasFloatingBase(join(folder, 'overlay'))).toBe(true);
  });
});
