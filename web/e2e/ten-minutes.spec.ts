import type { Page } from '@playwright/test';
import { film } from './film';
import { addFilm, ask, expect, hasNoViolations, isTooWide, main, sayYes, tabTo, test } from './test';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
/** The first of its kind: while the code of the page is on its way the one before it stays. */
const question = (page: Page) => page.getByRole('heading', { level: 2 }).first();
const position = (page: Page) =>
  page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);

/** A conversation whose film is ready, before anyone looked at it. */
async function filmed(noor: Page, phone: Page, file = film) {
  const [link] = await ask(noor);
  await sayYes(phone, link ?? '');
  await noor.locator('input[type=file]').setInputFiles(file);
  await noor.getByRole('button', { name: 'Voeg de opname toe' }).click();
  await expect(noor.getByRole('link', { name: /tien minuten/ })).toBeVisible();
}

test('ten minutes, by keyboard alone', async ({ person, phone }) => {
  const noor = await person('Noor');
  await filmed(noor, await phone());
  await tabTo(noor, 'link', /tien minuten/);
  await noor.keyboard.press('Enter');
  await expect(title(noor)).toHaveText('Tien minuten');
  await expect(question(noor)).toHaveText('Wat is je bijgebleven?');
  await expect(noor.locator('video')).toHaveCount(0);
  await hasNoViolations(noor);

  await tabTo(noor, 'textbox', 'Herinnering 1');
  await noor.keyboard.type('Zij keek weg toen het over geld ging');
  await noor.keyboard.press('Tab');
  await noor.keyboard.press('ArrowRight');
  await expect(noor.getByRole('radio', { name: 'Midden' })).toBeChecked();
  await tabTo(noor, 'button', 'Nog een herinnering');
  await noor.keyboard.press('Enter');
  await noor.keyboard.type('Het werd lichter toen zij lachte');
  await noor.keyboard.press('Tab');
  await noor.keyboard.press('ArrowLeft');
  await expect(noor.getByRole('radio', { name: 'Eind' }).nth(1)).toBeChecked();
  await expect(main(noor).getByText('Bewaard', { exact: true })).toBeVisible();
  await tabTo(noor, 'button', 'Naar de film');
  await noor.keyboard.press('Enter');

  await expect(question(noor)).toBeFocused();
  await expect(question(noor)).toHaveText('Kijk naar dat moment');
  await expect(main(noor).getByText('Zij keek weg toen het over geld ging')).toBeVisible();
  await expect(main(noor).getByText(/rond het midden/)).toBeVisible();
  await expect.poll(() => position(noor)).toBeCloseTo(22, 0);
  await hasNoViolations(noor);
  await noor.keyboard.press('n');
  await noor.keyboard.type('Ik ging sneller praten');
  await noor.keyboard.press('Control+Enter');
  await expect(main(noor).getByText('Je notities staan straks bij Terugkijken.')).toBeVisible();
  await tabTo(noor, 'button', 'Volgende herinnering');
  await noor.keyboard.press('Enter');
  await expect(main(noor).getByText('Het werd lichter toen zij lachte')).toBeVisible();
  await expect.poll(() => position(noor)).toBeCloseTo(43.3, 0);
  await expect(noor.getByRole('button', { name: 'Volgende herinnering' })).toHaveCount(0);
  await tabTo(noor, 'button', 'Verder');
  await noor.keyboard.press('Enter');

  await expect(question(noor)).toBeFocused();
  await expect(question(noor)).toHaveText('Wat wil je een volgende keer proberen?');
  await hasNoViolations(noor);
  await tabTo(noor, 'textbox', /Eén kleine stap/);
  await noor.keyboard.type('Langzamer praten over geld');
  await noor.keyboard.press('Enter');
  await expect(title(noor)).toHaveText('Terugkijken');
  await expect(main(noor).getByText('Ik ging sneller praten')).toBeVisible();

  // Done is done: its address leads on.
  await noor.goto(`${noor.url()}/tien-minuten`);
  await expect(title(noor)).toHaveText('Terugkijken');
});

test('half done on a laptop, it goes on at the same place on a phone', async ({ person, phone }) => {
  const laptop = await person('Sem', { viewport: { width: 1440, height: 900 } });
  await filmed(laptop, await phone());
  await laptop.getByRole('link', { name: /tien minuten/ }).click();
  await laptop.getByRole('textbox', { name: 'Herinnering 1' }).fill('Hij bleef stil');
  // At once, without waiting for what keeps it: leaving sends it too.
  await laptop.reload();
  await expect(laptop.getByRole('textbox', { name: 'Herinnering 1' })).toHaveValue('Hij bleef stil');
  await laptop.getByRole('radio', { name: 'Eind' }).check();
  await laptop.getByRole('button', { name: 'Naar de film' }).click();
  await expect.poll(() => position(laptop)).toBeCloseTo(43.3, 0);
  await laptop.getByRole('slider', { name: 'Plaats in de film' }).press('ArrowLeft');
  await laptop.getByRole('button', { name: 'Afspelen' }).click();
  await expect.poll(() => position(laptop)).toBeGreaterThan(38.5);
  const kept = laptop.waitForResponse(
    (r) => r.url().endsWith('/look-back') && r.request().method() === 'PATCH',
  );
  await laptop.getByRole('button', { name: 'Stilzetten' }).click();
  await kept;
  const at = await position(laptop);

  const handheld = await person('Sem', { viewport: { width: 360, height: 740 } });
  await handheld.getByRole('link', { name: 'Ga verder met je tien minuten' }).first().click();
  await expect(question(handheld)).toHaveText('Kijk naar dat moment');
  await expect(main(handheld).getByText('Hij bleef stil')).toBeVisible();
  await expect.poll(() => position(handheld)).toBeCloseTo(at, 0);
  expect(await isTooWide(handheld)).toBe(false);
  await hasNoViolations(handheld);
  await handheld.getByRole('button', { name: 'Verder' }).click();
  await handheld.getByRole('textbox', { name: /Eén kleine stap/ }).fill('Langer wachten op');
  await expect(async () => {
    await laptop.reload();
    await expect(laptop.getByRole('textbox', { name: /Eén kleine stap/ })).toHaveValue('Langer wachten op', {
      timeout: 1000,
    });
  }).toPass();
  expect(
    await laptop.evaluate(() => Object.values({ ...localStorage, ...sessionStorage }).join()),
  ).not.toContain('wachten');
});

test('every step can be skipped', async ({ person, phone }) => {
  const noor = await person('Aylin');
  await filmed(noor, await phone());
  await noor.getByRole('link', { name: /tien minuten/ }).click();
  await noor.getByRole('button', { name: 'Sla over' }).click();
  await expect(main(noor).getByText('De film staat aan het begin.')).toBeVisible();
  await noor.getByRole('button', { name: 'Een stap terug' }).click();
  await expect(question(noor)).toHaveText('Wat is je bijgebleven?');
  await noor.getByRole('button', { name: 'Sla over' }).click();
  await noor.getByRole('button', { name: 'Sla over' }).click();
  await expect(question(noor)).toHaveText('Wat wil je een volgende keer proberen?');
  await noor.getByRole('button', { name: 'Sla over' }).click();
  await expect(title(noor)).toHaveText('Terugkijken');
});

test('one may go straight to looking back', async ({ person, phone }) => {
  const noor = await person('Daan');
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  await addFilm(noor, film);
  await noor.goto(`${noor.url()}/tien-minuten`);
  await noor.getByRole('link', { name: 'Meteen naar Terugkijken' }).click();
  await expect(title(noor)).toHaveText('Terugkijken');
});

test('a next step is shown where a conversation begins, also after the erasing', async ({
  person,
  phone,
}) => {
  const noor = await person('Fatima');
  await filmed(noor, await phone());
  await noor.getByRole('link', { name: /tien minuten/ }).click();
  await noor.getByRole('button', { name: 'Sla over' }).click();
  await noor.getByRole('button', { name: 'Verder' }).click();
  await noor.getByRole('textbox', { name: /Eén kleine stap/ }).fill('Vragen wat iemand zelf wil');
  await expect(main(noor).getByText('Schrijf geen namen en niets over de inwoner.')).toBeVisible();
  await noor.getByRole('button', { name: 'Bewaar en kijk terug' }).click();
  await expect(title(noor)).toHaveText('Terugkijken');

  await noor.getByRole('button', { name: 'Wis deze opname' }).click();
  await expect(noor.getByRole('dialog').getByText(/Ook je voornemens blijven/)).toBeVisible();
  await noor.getByRole('button', { name: 'Ja, wis de opname' }).click();
  await expect(title(noor)).toHaveText('Deze opname is gewist');
  await noor.getByRole('link', { name: 'Naar mijn gesprekken' }).click();
  await noor.getByRole('link', { name: 'Nieuw gesprek' }).click();
  await expect(main(noor).getByText('Dit wilde je proberen: Vragen wat iemand zelf wil')).toBeVisible();
  await hasNoViolations(noor);
});

test('next steps: kept, tried, let go, deleted, by keyboard, and nobody else sees them', async ({
  person,
}) => {
  const daan = await person('Daan', { viewport: { width: 360, height: 740 } });
  await tabTo(daan, 'link', 'Voornemens');
  await daan.keyboard.press('Enter');
  await expect(main(daan).getByText(/Je hebt nog geen voornemens/)).toBeVisible();
  await hasNoViolations(daan);
  await tabTo(daan, 'textbox', /Eén kleine stap/);
  await daan.keyboard.press('Enter');
  await expect(main(daan).getByText('Schrijf wat je wilt proberen.')).toBeVisible();
  await daan.keyboard.type('Drie tellen stil zijn');
  await tabTo(daan, 'button', 'Datum erbij');
  await daan.keyboard.press('Enter');
  await daan.getByLabel('Wanneer wil je eraan denken?').fill('2020-02-28');
  await daan.keyboard.press('Enter');
  const step = main(daan).getByRole('listitem').filter({ hasText: 'Drie tellen stil zijn' });
  // A day that is over is a day like any other.
  await expect(step.getByText('Om aan te denken op vrijdag 28 februari 2020')).toBeVisible();
  await expect(daan.getByRole('textbox', { name: /Eén kleine stap/ })).toBeFocused();
  await daan.keyboard.type('Samenvatten voor ik iets vraag');
  await daan.keyboard.press('Enter');
  await expect(main(daan).getByText('Samenvatten voor ik iets vraag')).toBeVisible();

  // Another screen was first: told, and nothing typed is lost.
  const other = await daan.context().newPage();
  await other.goto('/voornemens');
  await other.getByRole('button', { name: 'Wijzig: Drie tellen stil zijn' }).click();
  await step.getByRole('button', { name: /^Geprobeerd/ }).click();
  await expect(daan.getByRole('heading', { level: 2, name: 'Geprobeerd' })).toBeVisible();
  await other
    .getByRole('textbox', { name: /Eén kleine stap/ })
    .last()
    .fill('Vijf tellen stil zijn');
  await other.keyboard.press('Enter');
  await expect(main(other).getByText(/intussen ergens anders veranderd/)).toBeVisible();
  await expect(main(other).getByText(/Er staat nu: Drie tellen stil zijn/)).toBeVisible();
  await expect(other.getByRole('textbox', { name: /Eén kleine stap/ }).last()).toHaveValue(
    'Vijf tellen stil zijn',
  );
  await other.close();

  await tabTo(daan, 'button', /^Wat merkte je/);
  await daan.keyboard.press('Enter');
  await daan.getByLabel('Wat merkte je?', { exact: true }).fill('Hij ging zelf verder');
  await daan.keyboard.press('Enter');
  await expect(main(daan).getByText('Wat je merkte: Hij ging zelf verder')).toBeVisible();
  await daan.getByRole('button', { name: 'Laat los: Samenvatten voor ik iets vraag' }).click();
  await expect(main(daan).getByText('Er staat nu niets open.')).toBeVisible();
  await expect(daan.getByRole('region', { name: 'Je voornemens' })).toBeFocused();
  await hasNoViolations(daan);
  expect(await isTooWide(daan)).toBe(false);
  await daan.reload();
  await daan.getByRole('button', { name: 'Verwijder: Samenvatten voor ik iets vraag' }).click();
  await daan.getByRole('button', { name: 'Ja, verwijder' }).click();
  await expect(main(daan).getByText('Samenvatten voor ik iets vraag')).toHaveCount(0);

  for (const name of ['Sem', 'Noor']) {
    const someone = await person(name);
    await someone.goto('/voornemens');
    await expect(title(someone)).toHaveText('Voornemens');
    await expect(main(someone).getByText('Drie tellen stil zijn')).toHaveCount(0);
  }
});

test('recall comes first, reflection when the viewer says so', async ({ person, phone }) => {
  const noor = await person('Aylin');
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  await addFilm(noor, film);
  const asked = noor.getByRole('group', { name: 'Waar je op let' });
  await expect(asked.getByText('Waarmee wil je beginnen?')).toBeVisible();
  await tabTo(noor, 'button', 'Wat ging goed');
  await noor.keyboard.press('Enter');
  await expect(asked.getByText('Wat dacht je op dat moment?')).toBeVisible();
  await hasNoViolations(noor);
  await noor.locator('body').press('n');
  await expect(noor.getByLabel('Wat dacht je op dat moment?')).toBeFocused();
  await expect(noor.getByLabel('Soort')).toHaveValue('strength');
  await expect(noor.getByLabel('Soort').locator('option[value=alternative]')).toHaveCount(0);
  await noor.getByLabel('Wat dacht je op dat moment?').press('Escape');

  await asked.getByRole('button', { name: 'Nu verder nadenken' }).click();
  await expect(asked.getByText('Wat zou je een volgende keer anders doen?')).toBeVisible();
  await noor.getByRole('button', { name: 'Notitie', exact: true }).click();
  await expect(noor.getByLabel('Wat zou je een volgende keer anders doen?')).toBeFocused();
  await expect(noor.getByLabel('Soort')).toHaveValue('alternative');
  await noor.getByLabel('Wat zou je een volgende keer anders doen?').press('Escape');

  // It is remembered, and can be changed.
  await noor.reload();
  await expect(asked.getByText('Wat zou je een volgende keer anders doen?')).toBeVisible();
  await asked.getByRole('button', { name: 'Terug naar het moment' }).click();
  await asked.getByRole('button', { name: 'Begin anders' }).click();
  await asked.getByRole('button', { name: 'Wat raakte' }).click();
  await noor.getByRole('button', { name: 'Notitie', exact: true }).click();
  await expect(noor.getByLabel('Soort')).toHaveValue('feeling');
});
