import type { Page } from '@playwright/test';
import { film } from './film';
import { addFilm, ask, expect, hasNoViolations, isTooWide, main, sayYes, test } from './test';

const widths = [360, 1440];

/** Every screen of the staff app, reached as a person would. */
async function eachScreen(page: Page, citizen: () => Promise<Page>, look: (what: string) => Promise<void>) {
  await look('mijn gesprekken');
  await page.goto('/gesprekken/nieuw');
  await look('nieuw gesprek');
  const [link] = await ask(page);
  await look('wachten');
  await sayYes(await citizen(), link ?? '');
  await expect(main(page).getByText('Iedereen zegt ja')).toBeVisible();
  await look('toevoegen');
  await addFilm(page, film);
  await look('terugkijken');
  await page.keyboard.press('n');
  await look('notitie');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await look('toetsen');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Wis deze opname' }).click();
  await look('wissen');
  await page.goto('/bestaat-niet');
  await look('niet gevonden');
}

for (const width of widths) {
  test(`staff screens at ${width} px have no violation and never scroll sideways`, async ({
    person,
    phone,
  }) => {
    const sem = await person('Sem', { viewport: { width, height: 900 } });
    await eachScreen(sem, phone, async (what) => {
      await test.step(what, async () => {
        await hasNoViolations(sem);
        expect(await isTooWide(sem), what).toBe(false);
      });
    });
  });
}

test('signing in has no violation', async ({ page, server }) => {
  await page.goto(`${server.url}/inloggen`);
  await expect(page.getByRole('button', { name: 'Noor' })).toBeVisible();
  await hasNoViolations(page);
});

// axe needs a script of its own in the page; that the pages need none is what the other tests show.
for (const language of ['nl', 'en', 'ar']) {
  for (const width of [320, 1440]) {
    test(`citizen pages in ${language} at ${width} px have no violation`, async ({
      person,
      page,
      server,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      const noor = await person('Noor');
      const [link] = await ask(noor);
      const walk: [string, () => Promise<unknown>][] = [
        [
          'consent',
          () =>
            page
              .goto(`${server.url}${link}`)
              .then(() => page.goto(`${server.url}/toestemming?taal=${language}`)),
        ],
        ['not read', () => page.locator('button[value=ja]').click()],
        [
          'answered',
          async () => {
            await page.locator('#read').check();
            await page.locator('button[value=ja]').click();
          },
        ],
        ['mine', () => page.goto(`${server.url}/toestemming?taal=${language}`)],
        ['not confirmed', () => page.locator('button[value=wis]').click()],
        ['receipt', () => page.goto(`${server.url}/toestemming/verklaring?taal=${language}`)],
        ['checking', () => page.goto(`${server.url}/verklaring?v=x&k=y&taal=${language}`)],
        ['code', () => page.goto(`${server.url}/code?taal=${language}`)],
        ['wrong code', () => page.locator('form[action="/code"] button').click()],
        ['unknown link', () => page.goto(`${server.url}/c/onbekend?taal=${language}`)],
        ['limits', () => page.goto(`${server.url}/eerlijke-grenzen?taal=${language}`)],
        ['privacy', () => page.goto(`${server.url}/privacy?taal=${language}`)],
        ['accessibility', () => page.goto(`${server.url}/toegankelijkheid?taal=${language}`)],
        ['refused', () => page.goto(`${server.url}/toestemming/nee?taal=${language}`)],
      ];
      for (const [what, go] of walk) {
        await test.step(what, async () => {
          await go();
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          expect(await page.locator('script').count()).toBe(0);
          await hasNoViolations(page);
          expect(await isTooWide(page)).toBe(false);
        });
      }
      await page.goto(`${server.url}${link}`);
      await page.goto(`${server.url}/toestemming?taal=${language}`);
      await page.locator('#confirm').check();
      await page.locator('button[value=wis]').click();
      await page.waitForURL(/toestemming/);
      await hasNoViolations(page);
      await page.goto(`${server.url}/toestemming/wisverklaring?taal=${language}`);
      await hasNoViolations(page);
      expect(await isTooWide(page)).toBe(false);
    });
  }
}
