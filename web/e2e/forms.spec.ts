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
  await expect(dialog).toContainText(/blijven zoals ze zijn|blijft zoals het is/);
  await dialog.getByRole('button', { name: 'Publiceer' }).click();
  await expect(main(page).getByText('De nieuwe versie geldt nu.')).toBeVisible();
}

/** Puts a list back as the program has it: other tests use it too. */
async function putBack(page: Page, list: string) {
  const path = `/api/v1/learning-lists/${list}`;
  const { items } = await (await page.request.get(`${path}/versions`)).json();
  const { version: _version, publishedAt: _at, ...content } = items.at(-1);
  const answer = await page.request.post(path, {
    data: content,
    headers: { Origin: new URL(page.url()).origin, 'If-Match': `"${items[0].version}"` },
  });
  expect(answer.status()).toBe(201);
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
  await omar.getByRole('link', { name: 'Jouw verklaringen' }).click();
  await omar.getByRole('button', { name: 'Blijf hier' }).click();
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
  await putBack(first, 'codes/standard');
  await expect(names(first).first()).toHaveValue('Luisteren');
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
  await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeVisible();
});

test('the lists fit on a phone', async ({ browser, server }) => {
  for (const screen of ['raakmomenten', 'codes', 'kijkwijzers']) {
    const omar = await administers(browser, server, screen);
    await omar.setViewportSize({ width: 360, height: 740 });
    expect(await isTooWide(omar)).toBe(false);
    await hasNoViolations(omar);
  }
});

/** Opens the sample film of noor, at the form with this name. */
async function fillsIn(page: Page, name: string) {
  await page.goto('/');
  await page.getByRole('link', { name: /voorbeeld: de brief/ }).click();
  await page.getByRole('tab', { name: 'Kijkwijzer' }).click();
  await page.getByRole('button', { name: new RegExp(`^(Begin|Ga verder) ${name}$`) }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name })).toBeFocused();
}

/** Where focus goes after so many times Tab. */
async function tab(page: Page, times = 1) {
  for (let i = 0; i < times; i++) await page.keyboard.press('Tab');
}

const onDevice = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

const kept = (page: Page) => main(page).getByText('Alles is bewaard.');

test('the administrator makes a form, a klantmanager fills it in by keyboard with the moments it was seen', async ({
  browser,
  server,
  person,
}) => {
  const omar = await administers(browser, server, 'kijkwijzers');
  await omar.getByRole('button', { name: 'Nieuwe kijkwijzer' }).click();
  await omar.getByLabel('Naam', { exact: true }).fill('De eerste minuut');
  await omar.getByLabel('De vraag', { exact: true }).fill('Hoe begon het?');
  await omar.getByRole('button', { name: 'Voeg een vraag of gedrag toe' }).click();
  await omar.getByRole('radio', { name: 'Gedrag' }).last().check();
  await omar.getByLabel('Het gedrag', { exact: true }).fill('Je zegt wat jullie gaan doen');
  await expect(omar.getByRole('group', { name: 'De eerste minuut' })).toContainText('Hoe begon het?');
  await omar.getByRole('button', { name: 'Publiceer als nieuwe versie' }).click();
  await omar.getByRole('dialog').getByRole('button', { name: 'Publiceer' }).click();
  await expect(omar.getByRole('button', { name: 'De eerste minuut', pressed: true })).toBeVisible();

  const noor = await person('Noor');
  await fillsIn(noor, 'De eerste minuut');
  await hasNoViolations(noor);
  await tab(noor);
  await expect(noor.getByLabel('Hoe begon het?')).toBeFocused();
  await noor.keyboard.type('Met een stilte; n is hier een letter.');
  await tab(noor);
  const video = noor.locator('video');
  const at = () => video.evaluate((v: HTMLVideoElement) => v.currentTime);
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(1);
  // The film's keys work on a button too.
  await noor.keyboard.press('l');
  await expect.poll(at).toBeCloseTo(10, 0);
  await noor.keyboard.press('Enter');
  await expect(noor.getByRole('button', { name: 'Ga naar 0:10' })).toBeVisible();
  await tab(noor);
  await noor.keyboard.press('Enter');
  await noor.keyboard.type('9:99');
  await noor.keyboard.press('Enter');
  await expect(main(noor).getByText(/^Typ een tijd tussen 0:00 en/)).toBeVisible();
  await noor.keyboard.press('Control+A');
  await noor.keyboard.type('0:31 - 0:35');
  await noor.keyboard.press('Enter');
  await expect(kept(noor)).toBeVisible();
  await hasNoViolations(noor);

  // A newer version does not touch what was begun; what was typed survives a reload.
  await omar.getByLabel('De vraag', { exact: true }).fill('Hoe begon jij?');
  await publish(omar);
  await expect(main(noor).getByText('Er is een nieuwere versie.')).toBeVisible();
  await noor.reload();
  await noor.getByRole('tab', { name: 'Kijkwijzer' }).click();
  await noor.getByRole('button', { name: 'Ga verder De eerste minuut' }).click();
  await expect(noor.getByLabel('Hoe begon het?')).toHaveValue('Met een stilte; n is hier een letter.');
  // A moment leads to a little before it.
  await noor.getByRole('button', { name: 'Ga naar 0:31 – 0:35' }).press('Enter');
  await expect.poll(at).toBeCloseTo(28, 0);
  await noor.getByRole('button', { name: 'Haal 0:10 weg' }).press('Enter');
  await expect(noor.getByRole('button', { name: 'Ga naar 0:10' })).toHaveCount(0);
  await expect(kept(noor)).toBeVisible();
  for (const width of [360, 768]) {
    await noor.setViewportSize({ width, height: 740 });
    expect(await isTooWide(noor)).toBe(false);
  }

  await noor.getByRole('button', { name: 'Verwijder deze kijkwijzer' }).click();
  await noor.getByRole('button', { name: 'Ja, verwijder' }).click();
  await noor.getByRole('button', { name: 'Begin De eerste minuut' }).click();
  await expect(noor.getByLabel('Hoe begon jij?')).toHaveValue('');

  await omar.getByLabel('Klantmanagers kunnen deze kijkwijzer kiezen').uncheck();
  await publish(omar);
});

test('two tabs fill in one form, one of them without connection: both answers are shown, none is lost', async ({
  person,
}) => {
  const noor = await person('Noor');
  await fillsIn(noor, 'Drie leidvragen');
  const other = await noor.context().newPage();
  await fillsIn(other, 'Drie leidvragen');
  const genuine = /^Hoe echt was dit gesprek/;
  const goal = /^Welk doel hadden jullie samen/;

  await noor.getByLabel(genuine).fill('Hier klonk het echt.');
  await expect(kept(noor)).toBeVisible();
  await other.route('**/api/v1/forms/*', (route) => route.abort());
  await other.getByLabel(genuine).fill('Hier klonk het stijf.');
  await other.getByLabel(goal).fill('Samen rust vinden.');
  await expect(main(other).getByText(/^Nog niet bewaard: er is geen verbinding/)).toBeVisible();
  // A reload meanwhile: what was typed comes back, and nothing of it can be read on the device.
  other.on('dialog', (dialog) => void dialog.accept());
  await other.reload();
  await other.getByRole('tab', { name: 'Kijkwijzer' }).click();
  await other.getByRole('button', { name: 'Ga verder Drie leidvragen' }).click();
  await expect(other.getByLabel(goal)).toHaveValue('Samen rust vinden.');
  expect(await onDevice(other)).toContain('vakspiegel.unsent.forms-');
  expect(await onDevice(other)).not.toMatch(/stijf|rust|echtheid/);
  await other.unroute('**/api/v1/forms/*');

  await expect(main(other).getByText('Hier klonk het echt.')).toBeVisible({ timeout: 20_000 });
  await expect(other.getByLabel(genuine)).toHaveValue('Hier klonk het stijf.');
  await expect(main(other).getByText(/^Nog niet alles is bewaard: kies/)).toBeVisible();
  await hasNoViolations(other);
  await other.getByRole('button', { name: 'Houd wat ik hier typte' }).click();
  await expect(kept(other)).toBeVisible();
  await noor.reload();
  await fillsIn(noor, 'Drie leidvragen');
  await expect(noor.getByLabel(genuine)).toHaveValue('Hier klonk het stijf.');
  await expect(noor.getByLabel(goal)).toHaveValue('Samen rust vinden.');
  expect(await onDevice(other)).not.toContain('unsent');
});
