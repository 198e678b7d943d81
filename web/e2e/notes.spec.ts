import type { Page } from '@playwright/test';
import { expect, hasNoViolations, isTooWide, main, test } from './test';

const SAMPLE = /voorbeeld: de brief/;
const QUESTION = 'Had ik hier eerst moeten samenvatten?';

async function lookBack(page: Page) {
  await page.getByRole('link', { name: SAMPLE }).click();
  await expect(note(page, QUESTION).first()).toBeVisible();
}

const note = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

test('a note is deleted at once, and put back by keyboard with its reply', async ({ person }) => {
  const noor = await person('Noor');
  await lookBack(noor);
  await note(noor, QUESTION)
    .getByRole('button', { name: /Reageer/ })
    .click();
  await expect(noor.getByLabel('Jouw reactie')).toBeFocused();
  await noor.keyboard.type('Ja, want zij keek weg.');
  await noor.keyboard.press('Control+Enter');
  const reply = noor.getByRole('list', { name: /Reacties bij/ }).getByText('Ja, want zij keek weg.');
  await expect(reply).toBeVisible();
  await hasNoViolations(noor);

  await note(noor, QUESTION)
    .getByRole('button', { name: /Verwijder notitie/ })
    .focus();
  await noor.keyboard.press('Enter');
  await expect(main(noor).getByText(QUESTION)).toHaveCount(0);
  await expect(reply).toHaveCount(0);
  await expect(noor.getByRole('button', { name: 'Zet terug' })).toBeFocused();
  await hasNoViolations(noor);
  await noor.keyboard.press('Control+z');
  await expect(main(noor).getByText(QUESTION)).toBeVisible();
  await expect(reply).toBeVisible();
  await expect(noor.getByRole('button', { name: 'Zet terug' })).toHaveCount(0);

  // A reply by itself; and with the button, while the connection is gone for a moment.
  await reply
    .locator('xpath=ancestor::li[1]')
    .getByRole('button', { name: /Verwijder reactie/ })
    .click();
  await expect(reply).toHaveCount(0);
  await expect(main(noor).getByText(QUESTION)).toBeVisible();
  await noor.context().setOffline(true);
  await noor.getByRole('button', { name: 'Zet terug' }).click();
  await expect(noor.getByText(/Terugzetten lukt nog niet/).first()).toBeVisible();
  await noor.context().setOffline(false);
  await expect(reply).toBeVisible();
  await noor.setViewportSize({ width: 360, height: 740 });
  expect(await isTooWide(noor)).toBe(false);
});

test('what is not put back in ten seconds is gone', async ({ person }) => {
  const noor = await person('Noor');
  await lookBack(noor);
  const text = 'Meteen samen een tijd in de agenda zetten.';
  await note(noor, text)
    .getByRole('button', { name: /Verwijder/ })
    .click();
  await expect(noor.getByRole('button', { name: 'Zet terug' })).toBeVisible();
  await expect(noor.getByRole('button', { name: 'Zet terug' })).toHaveCount(0, { timeout: 15_000 });
  await expect(noor.getByRole('heading', { name: 'Notities' })).toBeFocused();
  await noor.reload();
  await expect(main(noor).getByText(QUESTION)).toBeVisible();
  await expect(main(noor).getByText(text)).toHaveCount(0);
});

/** Everything this browser holds for the site, as text. */
const held = (page: Page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([{ ...sessionStorage }, { ...localStorage }, databases, await caches.keys()]);
  });

const words = (page: Page) => page.getByLabel('Wat valt je op?');

test('what is typed survives a lost connection and a reload, and is nowhere to be read', async ({
  person,
}) => {
  const noor = await person('Noor');
  await lookBack(noor);
  await noor.keyboard.press('n');
  await noor.keyboard.type('Zilvervos onder de brug.');
  await expect(noor.getByText('Bewaard', { exact: true })).toBeVisible();
  expect(await held(noor)).not.toContain('vakspiegel.unsent');

  await noor.context().setOffline(true);
  await noor.keyboard.type(' En een otter.');
  await expect(noor.getByText(/Nog niet bewaard: geen verbinding/)).toBeVisible();
  await expect.poll(() => held(noor)).toContain('vakspiegel.unsent');
  expect(await held(noor)).not.toMatch(/[Zz]ilvervos|otter|brug|0:0/);
  const address = noor.url();
  await noor.reload().catch(() => {});
  await noor.context().setOffline(false);
  await noor.goto(address);

  const unfinished = noor.getByRole('region', { name: 'Je was hier nog aan het schrijven' });
  await expect(unfinished.getByText('Zilvervos onder de brug. En een otter.')).toBeVisible();
  await hasNoViolations(noor);
  await unfinished.getByRole('button', { name: /Ga verder/ }).click();
  await expect(words(noor)).toHaveValue('Zilvervos onder de brug. En een otter.');
  await expect(noor.getByText('Bewaard', { exact: true })).toBeVisible();
  await expect.poll(() => held(noor)).not.toContain('vakspiegel.unsent');
  await noor.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(note(noor, 'Zilvervos onder de brug. En een otter.')).toHaveCount(1);
  await noor.reload();
  await expect(note(noor, 'Zilvervos onder de brug. En een otter.')).toHaveCount(1);
  await expect(unfinished).toHaveCount(0);
});

test('two tabs go on with one text, and neither loses a word', async ({ person }) => {
  const noor = await person('Noor');
  await lookBack(noor);
  await noor.keyboard.press('n');
  await noor.keyboard.type('Samen begonnen.');
  await expect(noor.getByText('Bewaard', { exact: true })).toBeVisible();
  const other = await noor.context().newPage();
  await other.goto(noor.url());
  await other.getByRole('button', { name: /Ga verder/ }).click();
  await words(other).fill('Samen begonnen. Hier verder.');
  await expect(other.getByText('Bewaard', { exact: true })).toBeVisible();
  await words(noor).fill('Samen begonnen. En hier ook.');
  await expect(noor.getByText('Bewaard', { exact: true })).toBeVisible();
  for (const tab of [other, noor]) {
    await tab.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await expect(words(tab)).toHaveCount(0);
  }
  await expect(note(noor, 'Samen begonnen. Hier verder.')).toHaveCount(1);
  await expect(note(noor, 'Samen begonnen. En hier ook.')).toHaveCount(1);
  await noor.reload();
  await expect(note(noor, 'Samen begonnen. En hier ook.')).toHaveCount(1);
  await expect(noor.getByRole('button', { name: /Ga verder/ })).toHaveCount(0);
});

test('what is left can be put back, and signing out leaves nothing in the tab', async ({ person }) => {
  const noor = await person('Noor');
  await lookBack(noor);
  await noor.keyboard.press('n');
  await noor.keyboard.type('Per ongeluk weg.');
  await noor.getByRole('button', { name: 'Annuleren' }).click();
  await noor.getByRole('button', { name: 'Zet terug' }).click();
  await expect(words(noor)).toHaveValue('Per ongeluk weg.');

  await noor.route('**/drafts/**', (route) => route.abort());
  await words(noor).fill('Per ongeluk weg, en niet op de server.');
  await expect.poll(() => held(noor)).toContain('vakspiegel.unsent');
  await noor.getByRole('button', { name: 'Uitloggen' }).click();
  await expect(noor).toHaveURL(/inloggen/);
  expect(await held(noor)).not.toContain('vakspiegel.unsent');
});

test('one key marks a moment while the film plays; it is taken back, and gets words and themes later', async ({
  person,
}) => {
  const noor = await person('Noor');
  await lookBack(noor);
  const video = noor.locator('video');
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(1);
  await expect(noor.getByRole('button', { name: 'Weerstand' })).toBeVisible();
  await noor.keyboard.press('ArrowRight');
  await noor.keyboard.press('Space');
  await noor.keyboard.press('2');
  await expect(noor.getByRole('region', { name: 'Ongedaan maken' })).toContainText(
    /Raakmoment ‘Weerstand’ bij 0:\d\d\./,
  );
  expect(await video.evaluate((v: HTMLVideoElement) => v.paused)).toBe(false);
  const marked = note(noor, 'Raakmoment: Weerstand');
  await expect(marked).toHaveCount(1);
  await noor.keyboard.press('Space');
  await noor.keyboard.press('Control+z');
  await expect(marked).toHaveCount(0);

  await noor.getByRole('button', { name: 'Flow' }).click();
  const flow = note(noor, 'Raakmoment: Flow');
  await flow.getByRole('button', { name: /Wijzig/ }).click();
  await words(noor).fill('Hier liep het vanzelf.');
  await noor.getByText('Thema’s', { exact: true }).click();
  const theme = noor.getByRole('group', { name: 'Thema’s' }).getByRole('checkbox').first();
  await theme.focus();
  await noor.keyboard.press('Space');
  await expect(theme).toBeChecked();
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(flow).toContainText('Hier liep het vanzelf.');
  await expect(flow.locator('.vs-note__tags')).not.toBeEmpty();

  for (const width of [360, 768, 1440]) {
    await noor.setViewportSize({ width, height: 800 });
    expect(await isTooWide(noor)).toBe(false);
  }
});
