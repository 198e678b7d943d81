import type { Page } from '@playwright/test';
import { expect, hasNoViolations, isTooWide, main, openSample, tabTo, test } from './test';

const FEELING = 'Hier werd ik onzeker';
const film = (page: Page) => page.locator('video').evaluate((v: HTMLVideoElement) => v.currentTime);
const note = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text }).first();

/** Opens the sample where it was left. */
async function goOn(page: Page) {
  await page.getByRole('link', { name: /voorbeeld: de brief/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Terugkijken' })).toBeVisible();
}

/** Goes to a tab of the workspace with the arrow keys. */
async function toTab(page: Page, name: string) {
  const selected = await page.getByRole('tab', { selected: true }).textContent();
  await tabTo(page, 'tab', selected ?? '');
  for (let i = 0; i < 4; i++) {
    if (await page.getByRole('tab', { name, selected: true }).count()) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`no tab ${name}`);
}

test('a whole look-back by keyboard alone', async ({ person }) => {
  test.setTimeout(150_000); // it is a long way, a key at a time
  const noor = await person('Noor');
  const keys = noor.keyboard;
  await tabTo(noor, 'link', /voorbeeld: de brief/);
  await keys.press('Enter');
  await expect(noor.getByRole('heading', { level: 1, name: 'Terugkijken' })).toBeVisible();

  // Where to begin is the viewer's choice.
  await tabTo(noor, 'button', 'Wat raakte');
  await keys.press('Enter');
  await expect(main(noor).getByText('Wat dacht je op dat moment?').first()).toBeVisible();

  // The film: to a typed time, a picture on, five seconds back.
  await tabTo(noor, 'textbox', 'Ga naar tijd');
  await keys.press('Control+A');
  await keys.type('0:20');
  await keys.press('Enter');
  await expect.poll(() => film(noor)).toBeCloseTo(20, 1);
  await tabTo(noor, 'button', 'Toetsen');
  await keys.press('ArrowLeft');
  await expect.poll(() => film(noor)).toBeCloseTo(15, 1);

  // A moment with one key, and a note with words at the same second.
  await keys.press('2');
  await expect(note(noor, 'Weerstand')).toBeVisible();
  await keys.press('n');
  await keys.type(`${FEELING}; 3 is hier een cijfer`);
  await keys.press('Control+Enter');
  await expect(note(noor, FEELING)).toBeVisible();
  await expect(note(noor, 'Verstarring')).toHaveCount(0);

  // What could be otherwise comes later, as a reply.
  await tabTo(noor, 'button', 'Nu verder nadenken');
  await keys.press('Enter');
  await note(noor, FEELING).getByRole('button').last().focus();
  await tabTo(noor, 'button', /(Wat kon anders|Reageer).*0:15/);
  await keys.press('Enter');
  await keys.type('Eerst vragen wat zij al weet');
  await keys.press('Control+Enter');
  await expect(note(noor, 'Eerst vragen wat zij al weet')).toBeVisible();

  // The observation form, with a moment where it was seen.
  await toTab(noor, 'Kijkwijzer');
  await tabTo(noor, 'button', 'Begin Werken met aandacht');
  await keys.press('Enter');
  await tabTo(noor, 'button', /^Nu gezien/);
  await keys.press('Enter');
  await expect(noor.getByRole('button', { name: 'Ga naar 0:15' })).toBeVisible();
  await expect(main(noor).getByText('Alles is bewaard.')).toBeVisible();

  // A part for later.
  await toTab(noor, 'Fragmenten');
  await keys.press('i');
  for (let i = 0; i < 2; i++) await keys.press('ArrowDown');
  await keys.press('l');
  await keys.press('o');
  await tabTo(noor, 'button', 'Kies dit stuk');
  await keys.press('Enter');
  await tabTo(noor, 'textbox', 'Hoe noem je dit stuk?');
  await keys.type('De stilte na de brief');
  await keys.press('Control+Enter');
  await expect(note(noor, 'De stilte na de brief')).toBeVisible();

  // Found again with one key.
  await toTab(noor, 'Notities');
  await keys.press('/');
  await keys.type('onzeker');
  await expect(note(noor, FEELING)).toBeVisible();
  await expect(main(noor).getByText('Had ik hier eerst moeten samenvatten?')).toHaveCount(0);
  await keys.press('Escape');

  // Who looked, and erasing, are one step away; Esc leaves everything as it was.
  for (const [button, dialog] of [
    ['Wie keek mee', 'Wie keek mee'],
    ['Wis deze opname', /wissen\?|Klaar met leren\?/],
  ] as const) {
    await tabTo(noor, 'button', button);
    await keys.press('Enter');
    await expect(noor.getByRole('dialog', { name: dialog })).toBeVisible();
    await keys.press('Escape');
    await expect(noor.getByRole('dialog')).toHaveCount(0);
  }
  await hasNoViolations(noor);

  // One small step, shown where the next conversation begins.
  await tabTo(noor, 'link', 'Voornemens');
  await keys.press('Enter');
  await tabTo(noor, 'textbox', /Eén kleine stap/);
  await keys.type('Eerst vragen, dan uitleggen');
  await keys.press('Enter');
  await tabTo(noor, 'link', 'Mijn gesprekken');
  await keys.press('Enter');
  await tabTo(noor, 'link', 'Nieuw gesprek');
  await keys.press('Enter');
  await expect(main(noor).getByText(/Eerst vragen, dan uitleggen/)).toBeVisible();
});

test('a whole look-back by touch, on a phone', async ({ person }) => {
  const noor = await person('Noor', { viewport: { width: 360, height: 740 }, hasTouch: true });
  await openSample(noor);
  const tap = (name: string | RegExp) => noor.getByRole('button', { name }).first().tap();
  await tap('Wat ging goed');
  await tap('Afspelen');
  await expect.poll(() => film(noor)).toBeGreaterThan(0.3);
  await tap('Stilzetten');
  await tap('5 seconden vooruit');
  await tap(/Flow/);
  await expect(note(noor, 'Flow')).toBeVisible();
  await noor.getByRole('button', { name: 'Notitie', exact: true }).tap();
  await noor
    .getByRole('textbox', { name: /dacht je op dat moment|valt je op/ })
    .fill('Zij begon zelf te vertellen');
  await tap('Bewaar');
  await expect(note(noor, 'Zij begon zelf te vertellen')).toBeVisible();
  await tap('Tijdlijn dichterbij (+)');
  await noor.getByRole('tab', { name: 'Kijkwijzer' }).tap();
  await tap('Begin Drie leidvragen');
  await noor.getByLabel(/^Hoe echt was dit gesprek/).fill('Vanaf hier wel');
  await expect(main(noor).getByText('Alles is bewaard.')).toBeVisible();
  await noor.getByRole('tab', { name: 'Fragmenten' }).tap();
  await tap('Kies dit stuk');
  await noor.getByRole('textbox', { name: 'Hoe noem je dit stuk?' }).fill('Zij vertelt zelf');
  await tap('Begin 1 seconde eerder');
  await noor.getByRole('form', { name: 'Fragment' }).getByRole('button', { name: 'Bewaar' }).tap();
  await expect(note(noor, 'Zij vertelt zelf')).toBeVisible();
  expect(await isTooWide(noor)).toBe(false);
  await hasNoViolations(noor);
});

test('what began on a laptop goes on, on a phone', async ({ person }) => {
  const laptop = await person('Noor', { viewport: { width: 1440, height: 900 } });
  await openSample(laptop);
  const kept = laptop.waitForResponse(
    (r) => r.url().endsWith('/look-back') && r.request().method() === 'PATCH',
  );
  await laptop.getByLabel('Ga naar tijd').fill('0:31');
  await laptop.getByLabel('Ga naar tijd').press('Enter');
  await expect.poll(() => film(laptop)).toBeCloseTo(31, 1);
  await laptop.getByRole('button', { name: 'Notitie', exact: true }).click();
  await laptop.keyboard.type('Hier wilde ik al ant');
  await expect(main(laptop).getByText('Bewaard', { exact: true }).first()).toBeVisible();

  await kept;

  const phone = await person('Noor', { viewport: { width: 360, height: 740 }, hasTouch: true });
  await goOn(phone);
  await expect(main(phone).getByText('Je was bij 0:31.')).toBeVisible();
  await expect.poll(() => film(phone)).toBeCloseTo(31, 0);
  await expect(main(phone).getByText('Hier wilde ik al ant').first()).toBeVisible();
  await phone
    .getByRole('button', { name: /^Ga verder/ })
    .first()
    .tap();
  const words = phone.getByRole('textbox', { name: /dacht je op dat moment|valt je op/ });
  await words.focus();
  await phone.keyboard.press('End');
  await phone.keyboard.type('woorden voor haar');
  await phone.getByRole('button', { name: 'Bewaar', exact: true }).tap();
  await expect(note(phone, 'Hier wilde ik al antwoorden voor haar')).toBeVisible();
  await expect(note(laptop, 'Hier wilde ik al antwoorden voor haar')).toBeVisible();
});

test('on a phone what has the focus is not under the film, also going back', async ({ person }) => {
  const noor = await person('Noor', { viewport: { width: 360, height: 740 } });
  await goOn(noor);
  await noor.getByRole('link', { name: 'Toegankelijkheid' }).focus();
  for (const name of ['Wijzig', 'Notitie', 'Wat ging goed', 'Wat raakte']) {
    const target = noor.getByRole('button', { name }).first();
    for (let i = 0; i < 60 && !(await target.evaluate((e) => e === document.activeElement)); i++) {
      await noor.keyboard.press('Shift+Tab');
    }
    await expect(target).toBeFocused();
    const onTop = () =>
      target.evaluate((element) => {
        const { left, top, width } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + width / 2, top + 8));
      });
    await expect.poll(onTop).toBe(true);
  }
});
