import { type Browser, expect, type Page } from '@playwright/test';
import type { Server } from './server';
import { hasNoViolations, isTooWide, main, test } from './test';

/** Signs in as the administrator, in a tab of its own. */
async function administers(browser: Browser, server: Server, screen: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL' });
  const page = await context.newPage();
  await page.request.post('/api/v1/login', { data: { person: 'omar' }, headers: { Origin: server.url } });
  await page.goto(`/beheer/${screen}`);
  await expect(page.getByRole('button', { name: 'Publiceer als nieuwe versie' })).toBeVisible();
  return page;
}

async function publish(page: Page) {
  await page.getByRole('button', { name: 'Publiceer als nieuwe versie' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('blijven zoals ze zijn');
  await dialog.getByRole('button', { name: 'Publiceer' }).click();
  await expect(main(page).getByText('De nieuwe versie geldt nu.')).toBeVisible();
}

const entry = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const names = (page: Page) => page.locator('.vs-entries').getByLabel('Naam', { exact: true });

test('the administrator changes the moments by keyboard, publishes them, and puts the old ones back', async ({
  browser,
  server,
}) => {
  const omar = await administers(browser, server, 'raakmomenten');
  await hasNoViolations(omar);
  const up = entry(omar, 'Flow').getByRole('button', { name: 'Omhoog Flow' });
  await up.focus();
  for (let i = 0; i < 5; i++) await omar.keyboard.press('Enter');
  // At the top its button no longer works: the focus is on its neighbour.
  await expect(entry(omar, 'Flow').getByRole('button', { name: 'Omlaag Flow' })).toBeFocused();
  await expect(names(omar).first()).toHaveValue('Flow');
  await entry(omar, 'Afhaken').getByRole('button', { name: 'Haal weg' }).click();
  await omar.getByRole('button', { name: 'Voeg een raakmoment toe' }).press('Enter');
  await expect(entry(omar, 'nog zonder naam')).toBeFocused();
  await omar.keyboard.press('Tab');
  await omar.keyboard.press('Tab');
  await omar.getByRole('button', { name: 'Publiceer als nieuwe versie' }).click();
  // Nothing is published with a fault: the cursor is where it is.
  await expect(names(omar).last()).toBeFocused();
  await omar.keyboard.type('Een lach');

  // Another list and back: what was changed is still there.
  await omar.getByRole('link', { name: 'Codes' }).click();
  await expect(entry(omar, 'Luisteren')).toBeVisible();
  await omar.getByRole('link', { name: 'Raakmomenten' }).click();
  await expect(names(omar).last()).toHaveValue('Een lach');
  await publish(omar);

  await expect(omar.getByText('Versie 1 geldt nu.')).toBeVisible();
  await expect(omar.getByRole('listitem').filter({ hasText: /^Afhaken/ })).toBeVisible();
  await omar.getByRole('button', { name: 'Vergelijk Zoals Vakspiegel begon' }).click();
  await expect(omar.getByRole('table')).toContainText('staat er niet');
  await hasNoViolations(omar);
  await omar.getByRole('button', { name: 'Zet deze versie terug' }).click();
  await publish(omar);
  await expect(omar.getByText('Versie 2 geldt nu.')).toBeVisible();
  await expect(names(omar).first()).toHaveValue('Frustratie');
});

test('of two who change a list the second sees both, and loses nothing', async ({ browser, server }) => {
  const first = await administers(browser, server, 'codes');
  const second = await administers(browser, server, 'codes');
  await names(second).first().fill('Echt luisteren');
  await names(first).last().fill('Rond afsluiten');
  await publish(first);

  const warning = main(second).getByText('Iemand anders publiceerde intussen een nieuwere versie.');
  await expect(warning).toBeVisible();
  await expect(second.getByRole('button', { name: 'Publiceer als nieuwe versie' })).toBeDisabled();
  await hasNoViolations(second);
  await second.getByRole('button', { name: 'Ga verder met die van mij' }).click();
  await expect(names(second).first()).toHaveValue('Echt luisteren');
  await publish(second);
  await expect(names(first).first()).toHaveValue('Echt luisteren');
});

test('nobody but the administrator publishes', async ({ server, browser }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL' });
  const headers = { Origin: server.url };
  await context.request.post('/api/v1/login', { data: { person: 'ingrid' }, headers });
  const refused = await context.request.post('/api/v1/learning-lists/moments/standard', {
    data: { entries: [{ code: 'cijfer', label: { nl: 'Cijfer' } }] },
    headers: { ...headers, 'If-Match': '"0"' },
  });
  expect(refused.status()).toBe(403);
  const page = await context.newPage();
  await page.goto('/beheer/raakmomenten');
  await expect(page.getByRole('heading', { level: 1, name: 'Welkom bij Vakspiegel' })).toBeVisible();
});

test('the lists fit on a phone', async ({ browser, server }) => {
  for (const screen of ['raakmomenten', 'codes', 'kijkwijzers']) {
    const omar = await administers(browser, server, screen);
    await omar.setViewportSize({ width: 360, height: 740 });
    expect(await isTooWide(omar)).toBe(false);
    await hasNoViolations(omar);
  }
});
