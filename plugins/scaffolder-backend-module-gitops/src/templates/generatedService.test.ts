import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemplateRunner } from './__testUtils__/TemplateRunner';
import { ABSENT, ANSWERS } from './__testUtils__/answers';
import { writeFiles } from './__testUtils__/files';
import { run } from './__testUtils__/run';

describe('the generated service', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'service-'));
    const runner = await TemplateRunner.start();
    const { files } = await runner.dryRun('microservice', ANSWERS, {
      'gitops:inspect': ABSENT,
    });
    await runner.stop();
    await writeFiles(folder, files);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  // One after the other, because its workflow does them in this order.
  it('is installed, checked and tested as its workflow does', async () => {
    const npm = (...args: string[]) =>
      run(['npm', ...args], {
        cwd: folder,
        // Older versions than the service's own Node need to be asked.
        env: { NODE_OPTIONS: '--experimental-strip-types' },
      });

    // The registry may be away for a moment; what npm says is told if it stays so.
    const installed = await npm('ci', '--ignore-scripts', '--fetch-retries=5');
    expect(installed).toEqual({ code: 0, output: expect.any(String) });
    await expect(npm('run', 'check')).resolves.toMatchObject({ code: 0 });
    const tested = await npm('test');
    expect(tested).toMatchObject({ code: 0 });
    expect(tested.output).toMatch(/pass [1-9]/);
    expect(tested.output).toMatch(/fail 0/);
  }, 300_000);
});
