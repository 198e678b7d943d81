import { type Browser, expect, type Page } from '@playwright/test';
import type { Server } from './server';
import { ask, hasNoViolations, isTooWide, main, sayYes, test } from './test';

/** Signs in as someone whose first screen is the register. */
async function reads(browser: Browser, server: Server, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL' });
  const page = await context.newPage();
  await page.goto('/inloggen');
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Register' })).toBeVisible();
  return page;
}

/** Opens the newest citizen's record of the list. */
async function openRecord(page: Page) {
  await page.goto('/register?role=citizen&state=given');
  await page
    .getByRole('link', { name: /^Inwoner/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Inwoner: toestemming' })).toBeVisible();
}

test('two privacy managers pause and withdraw for someone without a code; the officer only reads', async ({
  browser,
  server,
  person,
  phone,
}) => {
  const noor = await person('Noor');
  const [link = ''] = await ask(noor);
  const citizen = await phone();
  await sayYes(citizen, link);

  const petra = await reads(browser, server, 'Petra');
  await hasNoViolations(petra);
  await openRecord(petra);
  await petra.getByRole('button', { name: 'Stel stilzetten voor' }).click();
  await petra.getByRole('button', { name: 'Stel voor', exact: true }).click();
  await expect(petra.getByText('Kies een van de mogelijkheden.')).toBeVisible();
  await petra.getByRole('radio', { name: 'Per telefoon' }).check();
  await hasNoViolations(petra);
  await petra.getByRole('button', { name: 'Stel voor', exact: true }).click();
  await expect(main(petra).getByText('Jij stelde dit voor.', { exact: false })).toBeVisible();
  await expect(main(petra).getByRole('button', { name: 'Bevestig' })).toHaveCount(0);
  await citizen.goto(link);
  await expect(citizen.getByText('Stilgezet. Niemand kan kijken.')).toHaveCount(0);

  const paul = await reads(browser, server, 'Paul');
  await expect(paul.getByRole('heading', { name: 'Wacht op een tweede persoon' })).toBeVisible();
  await paul.getByRole('button', { name: 'Bevestig' }).click();
  await paul.getByRole('dialog').getByRole('button', { name: 'Bevestig' }).click();
  await expect(paul.getByRole('heading', { name: 'Wacht op een tweede persoon' })).toHaveCount(0);
  await citizen.goto(link);
  await expect(citizen.getByText('Stilgezet. Niemand kan kijken.')).toBeVisible();
  await citizen.getByRole('checkbox', { name: 'Ja, zet weer aan' }).check();
  await citizen.getByRole('button', { name: 'Zet weer aan' }).click();

  await openRecord(paul);
  await paul.getByRole('button', { name: 'Stel intrekken voor' }).click();
  await paul.getByRole('radio', { name: 'Per brief' }).check();
  await paul.getByRole('button', { name: 'Stel voor', exact: true }).click();
  await expect(main(paul).getByText('Jij stelde dit voor.', { exact: false })).toBeVisible();
  await petra.goto('/');
  await petra.getByRole('link', { name: 'Bekijk de toestemming' }).click();
  await petra.getByRole('button', { name: 'Bevestig' }).click();
  await petra.getByRole('dialog').getByRole('button', { name: 'Bevestig' }).click();
  await expect(main(petra).getByText('Alles is gewist en nagekeken')).toBeVisible({ timeout: 30_000 });
  await expect(main(petra).getByText('door twee privacybeheerders', { exact: false }).first()).toBeVisible();
  await hasNoViolations(petra);
  await petra.setViewportSize({ width: 360, height: 740 });
  expect(await isTooWide(petra)).toBe(false);

  const femke = await reads(browser, server, 'Femke');
  await femke
    .getByRole('link', { name: /^Inwoner/ })
    .first()
    .click();
  await expect(femke.getByRole('heading', { name: 'Tijdlijn' })).toBeVisible();
  await expect(femke.getByRole('heading', { name: 'Namens iemand' })).toHaveCount(0);
  for (const page of [petra, paul, femke]) await page.context().close();
});

test('who asks a klantmanager’s name is told to that klantmanager', async ({
  browser,
  server,
  person,
  phone,
}) => {
  const noor = await person('Noor');
  const [link = ''] = await ask(noor);
  await sayYes(await phone(), link);
  const petra = await reads(browser, server, 'Petra');
  await openRecord(petra);
  await expect(main(petra).getByText('Noor')).toHaveCount(0);
  await petra.getByRole('button', { name: 'Vraag de naam' }).click();
  await petra.getByRole('radio', { name: 'Een klacht' }).check();
  await petra.getByRole('dialog').getByRole('button', { name: 'Vraag de naam' }).click();
  await expect(petra.getByText('De klantmanager is Noor.')).toBeVisible();
  await petra.getByRole('button', { name: 'Sluiten' }).click();
  await expect(petra.getByText('De klantmanager is Noor.')).toHaveCount(0);

  await noor.goto('/');
  await expect(
    noor.getByText(/^Petra zag op .* dat jij bij een gesprek hoort\. Reden: een klacht\.$/),
  ).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Gezien' }).click();
  await expect(noor.getByText('Petra zag op', { exact: false })).toHaveCount(0);
  await noor.reload();
  await expect(noor.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  await expect(noor.getByText('Petra zag op', { exact: false })).toHaveCount(0);

  const downloading = petra.waitForEvent('download');
  await petra.goto('/register');
  await petra.getByRole('link', { name: 'Download als tabel (CSV)' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^register-\d{4}-\d\d-\d\d\.csv$/);
  await petra.context().close();
});
