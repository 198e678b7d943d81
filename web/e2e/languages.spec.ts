import type { APIRequestContext, Page } from '@playwright/test';
import { expect, isTooWide, test } from './test';

// The citizen's whole way, in each language, on a phone, with script and without: letter, consent, card, narrow,
// pause, and erasing by link, by code and at the desk. No word is looked for but the language's own frame: what
// the words are is the texts' matter.
const languages = ['nl', 'en', 'ar', 'tr', 'pl', 'uk'];

interface Asked {
  id: string;
  participants: { id: string; consentUrl: string; code: string }[];
}

async function askSomeone(staff: APIRequestContext): Promise<Asked> {
  const made = await staff.post('/api/v1/conversations', {
    data: { heldAt: new Date().toISOString(), participants: [{ role: 'citizen' }] },
  });
  expect(made.status()).toBe(201);
  return (await made.json()) as Asked;
}

/** The letter in one's own language, with the link to type or scan. */
async function linkOfLetter(staff: APIRequestContext, asked: Asked, language: string): Promise<string> {
  const [one] = asked.participants;
  const letter = await staff.get(`/brief/${asked.id}/${one?.id}?taal=${language}`);
  expect(letter.status()).toBe(200);
  const text = await letter.text();
  expect(text).toContain(`<html lang="${language}"`);
  expect(text).not.toContain('<script');
  expect(text).toContain(one?.consentUrl ?? 'no link');
  return one?.consentUrl ?? '';
}

/** Two privacy managers do it for someone who has no link, code or telephone. */
async function eraseAtTheDesk(one: APIRequestContext, other: APIRequestContext, recordId: string) {
  const proposed = await one.post(`/api/v1/register/records/${recordId}/closings`, {
    data: { kind: 'revoked', how: 'desk' },
  });
  expect(proposed.status()).toBe(201);
  const { id } = (await proposed.json()) as { id: string };
  const confirm = (by: APIRequestContext) => by.post(`/api/v1/register/closings/${id}/confirm`);
  expect((await confirm(one)).ok()).toBe(false); // the same person is nobody else
  expect((await confirm(other)).ok()).toBe(true);
}

const press = (page: Page, choice: string) => page.locator(`button[name=keuze][value=${choice}]`).click();

/** Says yes with both boxes and keeps the card. */
async function consent(page: Page, link: string) {
  await page.goto(link);
  for (const box of await page.locator('input[name=scope]').all()) await box.check();
  await page.locator('#read').check();
  await press(page, 'ja');
  await expect(page.locator('.code')).toBeVisible();
}

async function erase(page: Page) {
  await page.locator('#confirm').check();
  await press(page, 'wis');
  await expect(page.locator('button[name=keuze]')).toHaveCount(0);
}

for (const language of languages) {
  for (const javaScriptEnabled of [true, false]) {
    test(`the whole way in ${language}, script ${javaScriptEnabled ? 'on' : 'off'}`, async ({
      browser,
      person,
      server,
    }) => {
      const staff = (await person('Aylin')).request;
      const at = async (login: string) => {
        const { request } = await browser.newContext({ baseURL: server.url });
        expect((await request.post('/api/v1/login', { data: { person: login } })).status()).toBe(204);
        return request;
      };
      const context = await browser.newContext({
        baseURL: server.url,
        locale: language,
        javaScriptEnabled,
        viewport: { width: 320, height: 640 },
      });
      const page = await context.newPage();
      const fits = async () => {
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        if (javaScriptEnabled) expect(await isTooWide(page)).toBe(false);
      };

      const first = await askSomeone(staff);
      await consent(page, await linkOfLetter(staff, first, language));
      await fits();
      await page.goto('/toestemming/kaart');
      await fits();

      await page.goto('/toestemming');
      await page.locator('input[name=weg]').first().check();
      await press(page, 'minder');
      await fits();
      await expect(page.locator('input[name=weg]')).toHaveCount(1);
      await page.locator('#still').check();
      await press(page, 'stil');
      await fits();
      await page.locator('#on').check();
      await press(page, 'verder');
      await expect(page.locator('#still')).toBeVisible();
      await erase(page); // by link
      await fits();

      const second = await askSomeone(staff);
      await consent(page, second.participants[0]?.consentUrl ?? '');
      await context.clearCookies();
      await page.goto('/code');
      await page.locator('input[name=code]').fill(second.participants[0]?.code ?? '');
      await page.locator('form[action="/code"] button').click();
      await fits();
      await erase(page); // by code, on another device
      await fits();

      const third = await askSomeone(staff);
      await consent(page, third.participants[0]?.consentUrl ?? '');
      await eraseAtTheDesk(await at('petra'), await at('paul'), third.participants[0]?.id ?? '');
      await page.goto('/toestemming');
      await fits();
      await expect(page.locator('button[name=keuze]')).toHaveCount(0);
      await context.close();
    });
  }
}
