import type { Page } from '@playwright/test';
import { expect, hasNoViolations, test } from './test';

/** The app's code that is asked for. */
function scripts(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) asked.push(pathname);
  });
  return asked;
}

test('the first page brings only its own code; pointing at a link brings what is behind it', async ({
  person,
}) => {
  const noor = await person('Noor');
  // Where it signed in there may be a link now, which brings what is behind it.
  await noor.mouse.move(0, 0);
  await noor.goto('about:blank');
  const asked = scripts(noor);
  await noor.goto('/');
  await expect(noor.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  await noor.waitForLoadState('networkidle');
  expect(asked.filter((path) => /Page-|Workspace|WithRecording|Film-/.test(path))).toEqual([]);
  await noor.getByRole('link', { name: 'Voornemens' }).hover();
  await expect.poll(() => asked.filter((path) => path.includes('/NextStepsPage-')).length).toBe(1);
  await noor.getByRole('link', { name: 'Voornemens' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: 'Voornemens' })).toBeVisible();
  expect(asked.filter((path) => path.includes('/NextStepsPage-'))).toHaveLength(1);
});

test('a tab that is older than the server takes its app, once, where it was going', async ({ person }) => {
  const noor = await person('Noor');
  await noor.goto('/');
  await expect(noor.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  let gone = true;
  await noor.route('**/assets/NextStepsPage-*.js', (route) =>
    gone ? route.fulfill({ status: 404, json: {} }) : route.continue(),
  );
  await noor.route('**/inloggen', async (route) => {
    gone = false; // the next page is the new app's
    await route.fulfill({
      contentType: 'text/html',
      body: '<script type="module" src="/assets/index-newer.js"></script>',
    });
  });
  const anew = noor.waitForEvent('load');
  await noor.getByRole('link', { name: 'Voornemens' }).press('Enter');
  await anew;
  await expect(noor.getByRole('heading', { level: 1, name: 'Voornemens' })).toBeVisible();
  expect(new URL(noor.url()).pathname).toBe('/voornemens');
});

test('a page that does not come says so and how to go on; the rest stays', async ({ person }) => {
  const noor = await person('Noor');
  await noor.goto('/');
  await expect(noor.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  let away = true;
  await noor.route('**/assets/NextStepsPage-*.js', (route) => (away ? route.abort() : route.continue()));
  await noor.getByRole('link', { name: 'Voornemens' }).press('Enter');
  const title = noor.getByRole('heading', { level: 1, name: 'Deze pagina kwam niet door' });
  await expect(title).toBeFocused();
  await hasNoViolations(noor);
  await noor.getByRole('link', { name: 'Mijn gesprekken' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  await noor.getByRole('link', { name: 'Voornemens' }).click();
  away = false;
  await noor.getByRole('button', { name: 'Laad opnieuw' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: 'Voornemens' })).toBeVisible();
});
