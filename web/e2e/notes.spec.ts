import type { Page } from '@playwright/test';
import { expect, hasNoViolations, isTooWide, main, test } from './test';

const SAMPLE = /voorbeeld: de brief/;
const QUESTION = 'Had ik hier eerst moeten samenvatten?';

async function lookBack(page: Page) {
  await page.getByRole('link', { name: SAMPLE }).click();
  await expect(main(page).getByText(QUESTION)).toBeVisible();
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
