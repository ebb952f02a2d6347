// `npm test`: everything that CI checks, with a summary. `yarn test` is the
// Backstage CLI's jest.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { browser } from './browser.mjs';
import { ensureCurrentKustomize } from './currentKustomize.mjs';
import { fail, seconds, step } from './output.mjs';
import { calledByNpm, prepareTools, root, run } from './toolchain.mjs';
import { verify } from './verify.mjs';

try {
  const tools = await prepareTools();
  process.exitCode = calledByNpm
    ? await testEverything(tools)
    : await show(tools, [
        'backstage-cli',
        'repo',
        'test',
        ...process.argv.slice(2),
      ]);
} catch (error) {
  fail(error);
}

async function testEverything(tools) {
  await ensureCurrentKustomize(tools.env);
  console.log('\nChecks');
  const failedChecks = await verify(tools);
  const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'callboard-test-'));
  const runners = [
    ['Unit and integration tests', () => jest(tools, reports)],
    ['Browser tests', () => playwright(tools, reports)],
  ];
  const rows = [];
  for (const [title, runner] of runners) {
    console.log(`\n${title}`);
    const began = Date.now();
    rows.push({ title, ...(await runner()), took: seconds(began) });
  }
  fs.rmSync(reports, { recursive: true, force: true });
  return summarize(failedChecks, rows);
}

function summarize(failedChecks, rows) {
  console.log('\nSummary');
  console.log(
    `  Checks: ${
      failedChecks.length ? `failed: ${failedChecks.join(', ')}` : 'all fine'
    }`,
  );
  for (const { title, passed, failed, took } of rows) {
    console.log(`  ${title}: ${passed} passed, ${failed} failed (${took} s)`);
  }
  const sum = key => rows.reduce((total, row) => total + row[key], 0);
  const passed = sum('passed');
  const failed = sum('failed') + failedChecks.length;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function jest(tools, reports) {
  const report = path.join(reports, 'jest.json');
  const code = await show(tools, [
    ...['backstage-cli', 'repo', 'test', '--watch=false'],
    ...['--json', `--outputFile=${report}`, '--silent', '--reporters=default'],
  ]);
  const result = readReport(report);
  return atLeastOneFailure(code, {
    passed: result?.numPassedTests ?? 0,
    failed:
      (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0),
  });
}

async function playwright(tools, reports) {
  if (!browser.executablePath) {
    await step(
      "Installing Playwright's browser (there is no Chromium or Chrome)",
      () =>
        run(
          tools.node,
          ['node_modules/.bin/playwright', 'install', 'chromium'],
          tools,
        ),
    );
  }
  const report = path.join(reports, 'playwright.json');
  const code = await show(
    tools,
    ['playwright', 'test', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  );
  const stats = readReport(report)?.stats;
  return atLeastOneFailure(code, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
  });
}

/** A runner that fails without a failed test (a crash, say) has failed too. */
function atLeastOneFailure(code, { passed, failed }) {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function readReport(file) {
  return fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : undefined;
}

/** Runs one of the project's binaries with its output shown; resolves to its exit code. */
function show({ node, env }, [name, ...args], more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [`node_modules/.bin/${name}`, ...args], {
      cwd: root,
      env: { ...env, CI: env.CI ?? 'true', ...more },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}
