import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** `yarn screenshots`: the pictures of the documentation, from the running product. */
export default defineConfig({ ...tests, testMatch: '*.screenshots.ts' });
