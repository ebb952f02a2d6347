import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { browser } from './scripts/browser.mjs';

// A portal that runs already is used, unless everything is being tested: then
// one is started, and awaited until its catalog is filled.
const ready = process.env.CI
  ? { wait: { stdout: /Callboard is ready/ } }
  : { url: 'http://localhost:3000', reuseExistingServer: true };

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 600_000,
  expect: { timeout: 45_000 },
  // The tests share one portal and one sandbox.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A second try is told apart in the report, and has services of its own.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  outputDir: 'e2e-test-report',
  webServer: {
    command: `npm start -- --reset --data-dir ${path.join(
      '.sandbox',
      'browser-tests',
    )}`,
    ...ready,
    timeout: 400_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
  },
  use: {
    baseURL: 'http://localhost:3000',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: browser,
  },
});
