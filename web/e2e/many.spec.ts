import type { Page } from '@playwright/test';
import { seedNotes, type Work, workDuring } from './many';
import { Server } from './server';
import { expect, hasNoViolations, main, test } from './test';

/** The issue's own deadline. */
const OPENS_MS = 1000;
/** A picture of 60 a second. */
const FRAME_MS = 1000 / 60;
/** Far more than a note has, and far fewer than the timeline has signs. */
const MANY_ELEMENTS = 500;

// One after the other, on a server of their own, and without Playwright filming along: they measure.
test.describe.configure({ mode: 'default' });
test.use({ trace: 'off' });

test.describe('a recording with 2,000 notes of 20 people', () => {
  let server: Server;
  let recording: string;
  test.beforeAll(async () => {
    test.setTimeout(240_000); // the seeder may have to be compiled
    server = await Server.start();
    recording = await seedNotes(server.data, 2000, 20);
  });
  test.afterAll(async () => expect(await server.stop()).toBe(0));

  const open = async (page: Page) => {
    await page.goto(`${server.url}/opnames/${recording}`);
    await expect(list(page).first()).toBeVisible();
  };
  test.beforeEach(async ({ page }) => {
    await page.goto(`${server.url}/inloggen`);
    await page.getByRole('button', { name: 'Noor' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
  });

  test('opens in under a second', async ({ page }) => {
    await page.addInitScript(() => {
      const look = () => {
        const usable =
          document.querySelector('[aria-posinset] button') && document.querySelector('[id^=sign-]');
        // What is in the page now is on the screen at the next picture.
        if (usable) requestAnimationFrame(() => performance.mark('usable'));
        else requestAnimationFrame(look);
      };
      look();
    });
    await open(page);
    const took: number[] = [];
    for (let i = 0; i < 7; i++) {
      await open(page);
      await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
      took.push(await page.evaluate(() => performance.getEntriesByName('usable')[0]?.startTime ?? Infinity));
    }
    // The middle one: the machine may be busy with something else for a moment.
    const [middle] = took.sort((a, b) => a - b).slice(3);
    expect(middle, `openings took ${took.map(Math.round).join(', ')} ms`).toBeLessThan(OPENS_MS);
  });

  test('scrolls and plays without work that drops a frame', async ({ page }) => {
    await open(page);
    await page.waitForLoadState('networkidle').catch(() => {});
    const scrolls = await workDuring(page, () =>
      list(page)
        .first()
        .evaluate(async (note) => {
          const panel = note.closest('[data-scrolls]');
          for (let i = 0; panel && i < 120; i++) {
            panel.scrollTop += 200;
            await new Promise(requestAnimationFrame);
          }
        }),
    );
    expectFluent(scrolls);
    await page.getByRole('button', { name: 'Afspelen' }).first().focus();
    const plays = await workDuring(page, async () => {
      await page.keyboard.press('k');
      await expect(main(page).locator('[aria-current=true]').first()).toBeVisible();
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 3);
      await page.keyboard.press('k');
    });
    expectFluent(plays);
  });

  test('keeps the focus and the typed word, however far one scrolls', async ({ page }) => {
    await open(page);
    const reply = page.getByRole('button', { name: /^Reageer/ }).first();
    await reply.click();
    const box = main(page).getByRole('textbox').last();
    await box.fill('nog niet af');
    await scroll(page, 80_000);
    await expect(list(page).nth(8)).toBeVisible();
    await expect(box).toBeFocused();
    await expect(box).toHaveValue('nog niet af');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toBeInViewport();
  });

  test('is read by Tab from note to note, and says where each stands', async ({ page }) => {
    await open(page);
    test.slow(); // axe looks at every sign of the timeline
    await list(page).first().getByRole('button').first().focus();
    const passed = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const note = page.locator('[aria-posinset]:has(:focus)');
      await expect(note).toHaveAttribute('aria-setsize', '2005');
      passed.add((await note.getAttribute('aria-posinset')) ?? '');
    }
    const places = [...passed].map(Number);
    expect(places).toEqual(places.map((_, i) => (places[0] ?? 0) + i));
    expect(places.length).toBeGreaterThan(15);
    await hasNoViolations(page);
  });

  test('shows the note of the moment on its own, and on a phone scrolls with the page', async ({ page }) => {
    await open(page);
    await page.locator('[id^=sign-]').last().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(page.locator('[aria-current=true][aria-posinset]')).toBeInViewport();
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(list(page).first()).toBeAttached();
    await page.mouse.wheel(0, 20_000);
    await expect(async () => {
      const shown = await list(page).evaluateAll(
        (notes) =>
          notes.filter((note) => {
            const { top, bottom } = note.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          }).length,
      );
      expect(shown).toBeGreaterThan(1);
    }).toPass();
  });
});

const list = (page: Page) => page.locator('[aria-posinset]');

const scroll = (page: Page, by: number) =>
  list(page)
    .first()
    .evaluate((note, px) => note.closest('[data-scrolls]')?.scrollBy(0, px), by);

/** No task takes as long as two pictures, and hardly one as long as one; and the style of the page stays what it is. */
function expectFluent({ tasks, restyled }: Work) {
  const longest = `the longest took ${tasks.slice(0, 5).map(Math.round).join(', ')} ms of ${tasks.length}`;
  expect(tasks.length, 'nothing was traced').toBeGreaterThan(100);
  expect(tasks[0], longest).toBeLessThan(2 * FRAME_MS);
  expect(tasks.filter((ms) => ms > FRAME_MS).length, longest).toBeLessThan(tasks.length / 100);
  expect(restyled.length, 'nothing was drawn').toBeGreaterThan(20);
  const most = restyled[Math.floor(restyled.length / 10)];
  expect(most, 'each step works out the style of the whole page').toBeLessThan(MANY_ELEMENTS);
}
