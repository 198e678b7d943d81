import { film } from './film';
import { addFilm, expect, hasNoViolations, links, main, sayYes, test } from './test';

/** A moment as a datetime-local field takes it. */
const wall = (date: Date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

test('asked ahead with a letter, asked again at the table, and someone who comes in later blocks until their yes', async ({
  person,
  phone,
}) => {
  const noor = await person('Noor');
  await noor.goto('/gesprekken/nieuw');
  await noor.getByLabel('Wanneer is het gesprek?').fill(wall(new Date(Date.now() + 2 * 24 * 3600_000)));
  await noor.getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
  const page = noor.url();

  await noor.getByRole('link', { name: 'Print de brief voor: Inwoner' }).click();
  await expect(noor.getByRole('heading', { level: 2, name: 'Zo geeft u antwoord' })).toBeVisible();
  await hasNoViolations(noor);
  await noor.goto(page);
  const [link] = await links(noor);
  await sayYes(await phone(), link ?? '');

  await expect(noor.getByRole('heading', { name: 'Klopt het nog? Vraag het iedereen.' })).toBeVisible();
  await expect(noor.locator('input[type=file]')).toHaveCount(0);
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Ja, het klopt nog' }).click();
  await addFilm(noor, film);
  await expect(noor.locator('video')).toBeVisible();

  const table = await noor.context().newPage();
  await table.goto(page);
  await table.getByRole('button', { name: 'Er kwam iemand bij' }).click();
  await table.getByRole('radio', { name: 'Partner' }).check();
  await hasNoViolations(table);
  await table.getByRole('dialog').getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(main(table).getByText('We wachten nog', { exact: true })).toBeVisible();
  await expect(main(table).getByText(/Tot die persoon ja zegt, kijkt er niemand/)).toBeVisible();
  await expect(main(noor).getByText(/Tot die persoon ja zegt, kijkt er niemand/)).toBeVisible();
  await expect(noor.locator('video')).toHaveCount(0);

  const [, late] = await links(table);
  const partner = await phone();
  await partner.goto(late ?? '');
  await expect(partner.getByText(/U kwam er later bij/)).toBeVisible();
  await sayYes(partner, late ?? '');
  await expect(noor.locator('video')).toBeVisible();
});

test('a colleague signs in and answers; a spoken no leaves nothing', async ({ person }) => {
  const noor = await person('Noor');
  await noor.goto('/gesprekken/nieuw');
  await noor.getByRole('button', { name: 'Vraag toestemming' }).click();
  await noor.getByRole('button', { name: 'Nog iemand vragen' }).click();
  await noor.getByRole('radio', { name: 'Collega' }).check();
  await noor.getByLabel('Welke collega?').selectOption('Ingrid');
  await noor.getByRole('dialog').getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(noor.getByText('Deze collega beoordeelt jou')).toBeVisible();
  await noor.getByLabel('Welke collega?').selectOption('Daan');
  await noor.getByRole('dialog').getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(main(noor).getByText('Daan logt zelf in en antwoordt daar.')).toBeVisible();

  const daan = await person('Daan');
  await daan.getByRole('link', { name: /Gesprek van Noor/ }).click();
  await expect(daan.getByRole('heading', { level: 1, name: 'Mogen we ons gesprek filmen?' })).toBeVisible();
  await hasNoViolations(daan);
  await daan.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await expect(main(daan).getByText('Je zei ja. We wachten nog op de anderen.')).toBeVisible();
  await expect(daan.getByRole('heading', { name: 'Jouw verklaring' })).toHaveCount(0);

  await noor.getByRole('button', { name: 'Noteer het antwoord van: Inwoner' }).click();
  await expect(noor.getByText(/Noor wil dit gesprek filmen/)).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Het antwoord was nee' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: /Er wordt niet gefilmd/ })).toBeVisible();
});

test('klantmanager and colleague read their own receipts, also when everything is erased', async ({
  person,
  phone,
}) => {
  const noor = await person('Noor');
  await noor.goto('/gesprekken/nieuw');
  await noor.getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
  const [link] = await links(noor);
  await noor.getByRole('button', { name: 'Nog iemand vragen' }).click();
  await noor.getByRole('radio', { name: 'Collega' }).check();
  await noor.getByLabel('Welke collega?').selectOption('Daan');
  await noor.getByRole('dialog').getByRole('button', { name: 'Vraag toestemming' }).click();
  const daan = await person('Daan');
  await daan.getByRole('link', { name: /Gesprek van Noor/ }).click();
  await daan.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await sayYes(await phone(), link ?? '');

  await noor.getByRole('link', { name: 'Je zei ja' }).click();
  await expect(noor.getByText('Log in bij Vakspiegel.')).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('link', { name: 'Terug' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: 'Jouw verklaringen' })).toBeVisible();
  await hasNoViolations(noor);
  await expect(main(noor).getByRole('listitem').first()).toBeVisible();
  const statements = noor.getByRole('link', { name: /^Wisverklaring/ });
  const before = await statements.count(); // of what other tests erased

  await daan.reload();
  await expect(daan.getByRole('link', { name: 'Je zei ja' })).toBeVisible();
  await daan.getByRole('checkbox', { name: /wis/i }).check();
  await daan.getByRole('button', { name: 'Wis alles' }).click();
  await expect(daan.getByRole('link', { name: 'Je stopte' })).toBeVisible();
  await daan.getByRole('link', { name: /^Wisverklaring/ }).click();
  await expect(daan.getByRole('heading', { level: 1, name: /gewist|wisverklaring/i })).toBeVisible();

  await noor.reload();
  await expect.poll(() => statements.count()).toBeGreaterThan(before);
});
