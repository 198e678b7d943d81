import { defineConfig } from '@playwright/test';

/** The browser that is on the machine: test tools cannot download one of their own everywhere. */
const chromium = process.env.VAKSPIEGEL_TEST_CHROMIUM ?? '/usr/bin/chromium';

const measured = 'many.spec.ts';

export default defineConfig({
  testDir: 'e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  forbidOnly: true,
  // One test that fails once in many is a finding, not bad luck.
  retries: 0,
  reporter: 'list',
  // What counts every frame has the machine to itself, after all the others.
  projects: [
    { name: 'screens', testIgnore: measured },
    { name: 'measured', testMatch: measured, dependencies: ['screens'] },
  ],
  use: {
    browserName: 'chromium',
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    // Every step with the page as it was then. A film of it as well costs a fifth of the processor, and adds nothing.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
