import type { CDPSession, Page } from '@playwright/test';
import { fileWith } from './film';
import { expect, hasNoViolations, isTooWide, main, openSample, test } from './test';

const SAMPLE = /voorbeeld: de brief/;

const at = (page: Page) => page.locator('video').evaluate((v: HTMLVideoElement) => v.currentTime);
const timeline = (page: Page) => page.getByRole('region', { name: 'Tijdlijn met notities' });
/** Which part of the film the timeline shows, as a screen reader hears it. */
const visible = (page: Page) => page.getByRole('slider', { name: 'Zichtbaar deel van de tijdlijn' });

async function goTo(page: Page, time: string) {
  await page.getByLabel('Ga naar tijd').fill(time);
  await page.getByLabel('Ga naar tijd').press('Enter');
  await page.getByRole('heading', { level: 1 }).focus();
}

test('a piece, its repeating, speeds, pictures and typed times by keyboard', async ({ person }) => {
  const noor = await person('Noor');
  await openSample(noor);
  const keys = noor.keyboard;

  // Typed times: with hours too, and what is no time.
  await goTo(noor, '0:00:20');
  await expect.poll(() => at(noor)).toBeCloseTo(20, 1);
  await noor.getByLabel('Ga naar tijd').fill('straks');
  await expect(noor.getByLabel('Ga naar tijd')).toHaveAttribute('aria-invalid', 'true');
  await noor.getByLabel('Ga naar tijd').press('Escape');

  // A picture on and back.
  await noor.getByRole('heading', { level: 1 }).focus();
  const before = await at(noor);
  await keys.press('.');
  await expect.poll(() => at(noor)).toBeGreaterThan(before);
  await keys.press(',');
  await expect.poll(() => at(noor)).toBeCloseTo(before, 2);

  // A piece of a second repeats: the film never gets past it.
  await keys.press('i');
  await goTo(noor, '0:21');
  await keys.press('o');
  await expect(timeline(noor).getByText('0:20 – 0:21')).toBeVisible();
  await keys.press('r');
  await expect(timeline(noor).getByText('Herhaalt 0:20 – 0:21')).toBeVisible();
  const turns = await noor.locator('video').evaluate(
    (video: HTMLVideoElement) =>
      new Promise<{ back: number; furthest: number }>((done) => {
        let [back, furthest, last] = [0, 0, video.currentTime];
        const look = () => {
          if (video.currentTime < last - 0.5) back++;
          furthest = Math.max(furthest, video.currentTime);
          last = video.currentTime;
          if (back < 2) requestAnimationFrame(look);
          else done({ back, furthest });
        };
        look();
      }),
  );
  expect(turns.furthest).toBeLessThan(21.3);
  await keys.press('Escape');
  await expect(timeline(noor).getByText(/Herhaalt/)).toHaveCount(0);

  // Speeds: two up, one down; at the ends they stay.
  const speed = () => noor.locator('video').evaluate((v: HTMLVideoElement) => v.playbackRate);
  await keys.press('>');
  await keys.press('>');
  await keys.press('<');
  expect(await speed()).toBe(1.25);
  for (let i = 0; i < 6; i++) await keys.press('<');
  expect(await speed()).toBe(0.5);
  await keys.press('k');

  // The piece is what a note is about.
  await goTo(noor, '0:30');
  await keys.press('i');
  await goTo(noor, '0:34');
  await keys.press('o');
  await keys.press('n');
  await expect(noor.getByRole('textbox', { name: 'Van' })).toHaveValue(/^0:30/);
  await expect(noor.getByRole('textbox', { name: 'Tot' })).toHaveValue(/^0:34/);
});

test('the timeline comes nearer, and its signs are reached, by keyboard alone', async ({ person }) => {
  const noor = await person('Noor');
  await openSample(noor);
  await expect(visible(noor)).toBeDisabled();
  await noor.keyboard.press('+');
  await noor.keyboard.press('+');
  await expect(visible(noor)).toHaveAttribute('aria-valuetext', '0:00 tot 0:15');
  await visible(noor).focus();
  await noor.keyboard.press('ArrowRight');
  await expect(visible(noor)).toHaveAttribute('aria-valuetext', /^0:03 tot 0:19/);

  // One tab stop; from the first sign the arrows go on, and the visible part goes along.
  const own = timeline(noor).getByRole('group', { name: 'Jouw notities' });
  const signs = own.getByRole('button');
  await expect(timeline(noor).locator('.vs-lane button[tabindex="0"]')).toHaveCount(1);
  await signs.first().focus();
  await noor.keyboard.press('Home');
  await noor.keyboard.press('ArrowRight');
  const focused = noor.locator('.vs-lane button:focus');
  const second = await focused.getAttribute('aria-label');
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(second ?? '') ?? [];
  await noor.keyboard.press('Enter');
  // Three seconds before it; the label leaves parts of a second away.
  const expected = Number(minutes) * 60 + Number(seconds) - 3;
  await expect.poll(async () => Math.floor(await at(noor))).toBe(expected);
  await noor.keyboard.press('ArrowRight');
  await expect(focused).not.toHaveAttribute('aria-label', second ?? '');

  await noor.keyboard.press('-');
  await noor.keyboard.press('-');
  await expect(visible(noor)).toBeDisabled();
});

test('the sheet names the keys; switched off, they stay off after a reload', async ({ person }) => {
  const noor = await person('Noor');
  await openSample(noor);
  await noor.keyboard.press('?');
  const sheet = noor.getByRole('dialog', { name: 'Toetsen' });
  for (const does of ['Herhaal dit stuk', 'Langzamer of sneller', 'Tijdlijn dichterbij', 'Ondertiteling']) {
    await expect(sheet.getByText(does)).toBeVisible();
  }
  await hasNoViolations(noor);
  await sheet.getByLabel('Toetsen gebruiken').uncheck();
  await sheet.getByRole('button', { name: 'Sluit' }).click();
  await noor.reload();
  await expect(noor.getByLabel('Ga naar tijd')).toBeVisible();
  await noor.keyboard.press('l');
  await noor.keyboard.press('?');
  await expect(noor.getByRole('dialog')).toHaveCount(0);
  expect(await noor.evaluate(() => ({ ...localStorage }))).toEqual({ 'vakspiegel.keys': 'off' });
});

/** What fingers do, as the browser gets it from a screen. */
async function touch(client: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) {
  const y = touch.y;
  await client.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x, y, id })) });
}
touch.y = 0;

test('on a phone: tap, two fingers, and buttons', async ({ browser, server }) => {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    locale: 'nl-NL',
  });
  const noor = await context.newPage();
  await noor.goto('/inloggen');
  await noor.getByRole('button', { name: 'Noor' }).tap();
  await noor.getByRole('link', { name: SAMPLE }).tap();
  await expect(timeline(noor)).toBeVisible();
  expect(await isTooWide(noor)).toBe(false);

  // One line, and which one.
  await expect(timeline(noor).locator('.vs-lane')).toHaveCount(1);
  await expect(timeline(noor).getByRole('group', { name: 'Alles' })).toBeVisible();
  await noor.getByLabel('Wat je op de tijdlijn ziet').selectOption('Jouw notities');
  await expect(timeline(noor).getByRole('group', { name: 'Jouw notities' })).toBeVisible();

  // A tap goes there.
  const track = timeline(noor).locator('.vs-timeline__track');
  await track.scrollIntoViewIfNeeded();
  const box = await track.boundingBox();
  if (!box) throw new Error('no timeline');
  await noor.touchscreen.tap(box.x + box.width / 2, box.y + 12);
  await expect.poll(() => at(noor)).toBeCloseTo(32, 0);

  // Two fingers that part come nearer; one moves the visible part, and not the film.
  const client = await context.newCDPSession(noor);
  touch.y = box.y + 12;
  const middle = box.x + box.width / 2;
  await touch(client, 'touchStart', middle - 20, middle + 20);
  for (const apart of [30, 40, 60, 80]) await touch(client, 'touchMove', middle - apart, middle + apart);
  await touch(client, 'touchEnd');
  await expect(visible(noor)).toHaveAttribute('aria-valuetext', /^0:2\d tot 0:[34]\d$/);
  const shown = await visible(noor).getAttribute('aria-valuetext');
  const film = await at(noor);
  await touch(client, 'touchStart', middle);
  for (const x of [10, 30, 60]) await touch(client, 'touchMove', middle + x);
  await touch(client, 'touchEnd');
  await expect(visible(noor)).not.toHaveAttribute('aria-valuetext', shown ?? '');
  expect(await at(noor)).toBeCloseTo(film, 2);

  // The same by buttons, and a piece that repeats.
  const wider = noor.getByRole('button', { name: 'Tijdlijn verder weg (−)' });
  while (await visible(noor).isEnabled()) await wider.tap();
  await expect(wider).toHaveAttribute('aria-disabled', 'true');
  await noor.getByRole('button', { name: 'Tijdlijn dichterbij (+)' }).tap();
  await expect(visible(noor)).toBeEnabled();
  await noor.getByRole('button', { name: 'Stuk eindigt hier (O)' }).tap();
  await noor.getByRole('button', { name: 'Herhaal dit stuk (R)' }).tap();
  await expect(timeline(noor).getByText(/^Herhaalt 0:2\d – 0:3\d$/)).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Laat het stuk los (Esc)' }).tap();

  // The film stays in sight while one reads on.
  await noor.mouse.wheel(0, 3000);
  await expect(noor.locator('video')).toBeInViewport();
  await context.close();
});

test('another device goes on where one was', async ({ person }) => {
  const laptop = await person('Noor');
  await openSample(laptop);
  await goTo(laptop, '0:37');
  const kept = laptop.waitForResponse(
    (r) => r.url().endsWith('/look-back') && r.request().method() === 'PATCH',
  );
  await laptop.getByRole('button', { name: 'Afspelen' }).click();
  await laptop.getByRole('button', { name: 'Stilzetten' }).click();
  await kept;

  const phone = await person('Noor', { viewport: { width: 360, height: 740 } });
  await phone.getByRole('link', { name: SAMPLE }).click();
  await expect(main(phone).getByText(/^Je was bij 0:3[78]\./)).toBeVisible();
  await expect.poll(() => at(phone)).toBeGreaterThan(36.9);
  await hasNoViolations(phone);
  await phone.getByRole('button', { name: 'Vanaf het begin' }).click();
  await expect.poll(() => at(phone)).toBe(0);
  await expect(main(phone).getByText(/^Je was bij/)).toHaveCount(0);
});

test('captions are added from a file, shown, and taken away; a wrong file is told by its lines', async ({
  person,
}) => {
  const noor = await person('Noor');
  await openSample(noor);
  await expect(noor.getByRole('button', { name: 'Ondertiteling', exact: true })).toHaveCount(0);
  await noor.getByRole('button', { name: 'Ondertiteling toevoegen' }).click();
  const dialog = noor.getByRole('dialog', { name: 'Ondertiteling' });
  await hasNoViolations(noor);
  await dialog.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(dialog.getByText('Kies eerst een bestand.')).toBeVisible();

  const wrong = fileWith('fout.vtt', Buffer.from('WEBVTT\n\n00:01,000 --> 00:02,000\nHallo\n'));
  await dialog.getByLabel('Bestand').setInputFiles(wrong);
  await dialog.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(dialog.getByText('Regel 3: tijden staan er zo')).toBeVisible();
  await hasNoViolations(noor);

  const right = fileWith(
    'gesprek.vtt',
    Buffer.from('WEBVTT\n\n00:00.000 --> 01:00.000\n<v Noor>Goed dat u er <b>bent</b>.</v>\n'),
  );
  await dialog.getByLabel('Bestand').setInputFiles(right);
  await dialog.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Nederlands' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Sluit' }).click();

  const said = noor.locator('.vs-said');
  await expect(said).toHaveCount(0);
  // Also before the film has moved.
  await noor.getByRole('heading', { level: 1 }).focus();
  await noor.keyboard.press('c');
  await expect(said).toHaveText('Goed dat u er bent.');
  await hasNoViolations(noor);
  const button = noor.getByRole('button', { name: 'Ondertiteling', exact: true });
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await button.click();
  await expect(said).toHaveCount(0);

  await noor.getByRole('button', { name: 'Ondertiteling wijzigen' }).click();
  await dialog.getByRole('button', { name: 'Haal weg Nederlands' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Nederlands' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Sluit' }).click();
  await expect(button).toHaveCount(0);
});
