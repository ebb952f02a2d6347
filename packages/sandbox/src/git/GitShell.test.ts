import { tmpdir } from 'node:os';
import { GitShells } from './GitShells';

describe('shells', () => {
  const shells = new GitShells(process.env);

  function run(...command: string[]) {
    return shells.run(tmpdir(), command);
  }

  it('give output, errors and exit code of each command', async () => {
    const script = `printf 'out\\n\\0more'; printf err >&2; exit 3`;
    const result = await run('sh', '-c', script);
    expect(result.stdout.toString()).toBe('out\n\0more');
    expect(result.stderr).toBe('err');
    expect(result.code).toBe(3);
  });

  it('pass words on as they are', async () => {
    const words = [`it's`, '$HOME `id`', 'two\nlines', '"; exit 1; "', ''];
    const { stdout } = await run('printf', '%s|', ...words);
    expect(stdout.toString()).toBe(words.map(word => `${word}|`).join(''));
  });

  it('keep many commands at once apart', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map(number => run('echo', String(number))),
    );
    const said = results.map(({ stdout }) => stdout.toString().trim());
    expect(said).toEqual(numbers.map(String));
  });

  it('take long outputs', async () => {
    const { stdout } = await run('sh', '-c', 'seq 1 300000');
    expect(stdout.toString().split('\n')).toHaveLength(300_001);
  });
});
