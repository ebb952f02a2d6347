import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const INSTALLED_BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** An installed Chromium or Chrome; otherwise Playwright uses its own. */
function findBrowser(): string | undefined {
  return INSTALLED_BROWSERS.map(name =>
    path.isAbsolute(name)
      ? name
      : spawnSync('sh', ['-c', `command -v ${name}`], {
          encoding: 'utf8',
        }).stdout.trim(),
  ).find(file => file && existsSync(file));
}

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 600_000,
  expect: { timeout: 60_000 },
  // The tests share one portal and one sandbox.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
  outputDir: 'e2e-test-report',
  webServer: {
    command: `node scripts/start.mjs --reset --data-dir ${path.join(
      '.sandbox',
      'browser-tests',
    )}`,
    url: 'http://localhost:3000',
    reuseExistingServer: false,
    timeout: 400_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
  },
  use: {
    baseURL: 'http://localhost:3000',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
