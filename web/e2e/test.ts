import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { resetSample } from './sample';
import { Server } from './server';

/** Tests on the real binary: one server per worker, one fresh browser per person. */
export const test = base.extend<{ person: Person; phone: () => Promise<Page> }, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the form Playwright asks for
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      expect(await server.stop()).toBe(0);
      expect(secretsIn(server.log()), 'a token or code is in the log').toEqual([]);
    },
    { scope: 'worker' },
  ],

  person: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    let reset = false;
    await use(async (name, options = {}) => {
      if (name === 'Noor' && !reset) await resetSample(server.url);
      reset = true;
      const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL', ...options });
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, name);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  // A citizen's phone: small, and without any script.
  phone: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        javaScriptEnabled: false,
      });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** Tokens (32 bytes, base64url) and short codes, whoever's they are. */
export function secretsIn(log: string): string[] {
  return log.match(/(?<![\w-])(?:[A-Za-z0-9_-]{43}|\d{12})(?![\w-])/g) ?? [];
}

type Person = (
  name: string,
  options?: {
    baseURL?: string;
    viewport?: { width: number; height: number };
    locale?: string;
    hasTouch?: boolean;
  },
) => Promise<Page>;

export { expect };

export async function signIn(page: Page, name: string) {
  await page.goto('/inloggen');
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
}

/** Opens a new conversation with one citizen and gives the link of each in the room. */
export async function ask(page: Page): Promise<string[]> {
  await page.goto('/gesprekken/nieuw');
  await page.getByRole('button', { name: 'Vraag toestemming' }).click();
  await expect(main(page).getByText('We wachten nog', { exact: true })).toBeVisible();
  return links(page);
}

export async function links(page: Page): Promise<string[]> {
  const id = new URL(page.url()).pathname.split('/').pop();
  const answer = await page.request.get(`/api/v1/conversations/${id}`);
  const { participants } = (await answer.json()) as { participants: { consentUrl: string }[] };
  return participants.map(({ consentUrl }) => new URL(consentUrl).pathname);
}

export async function sayYes(phone: Page, link: string) {
  await phone.goto(link);
  await haveRead(phone);
  await phone.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('U zei ja. Dank u wel.');
}

/** The tick that yes and no both need. */
export const haveRead = (phone: Page) =>
  phone.getByRole('checkbox', { name: 'Ik heb dit gelezen of gehoord' }).check();

/** The page itself, without the live region that says the same to a screen reader. */
export const main = (page: Page) => page.getByRole('main');

/** Adds a film to the conversation on screen and goes on to looking back. */
export async function addFilm(page: Page, file: string) {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Voeg de opname toe' }).click();
  await page.getByRole('link', { name: 'Terugkijken', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Terugkijken' })).toBeVisible();
}

export async function hasNoViolations(page: Page) {
  // The code of a page may still be on its way.
  await expect(page.locator('h1').first()).toBeAttached();
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)).toEqual(
    [],
  );
}

/** Tab until something has focus, as a person without a mouse does. */
export async function tabTo(
  page: Page,
  role: 'textbox' | 'button' | 'link' | 'radio' | 'tab',
  name: string | RegExp,
) {
  const target = page.getByRole(role, { name }).first();
  await expect(target).toBeVisible();
  for (let i = 0; i < 150; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return target;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${String(name)}`);
}

/** Whether the page scrolls sideways, which nobody should have to. */
export async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** Opens the sample conversation at its beginning, wherever an earlier test left it. */
export async function openSample(page: Page) {
  const link = page.getByRole('link', { name: /voorbeeld: de brief/ });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.locator('video').evaluate((v: HTMLVideoElement) => v.readyState))
    .toBeGreaterThan(1);
}
