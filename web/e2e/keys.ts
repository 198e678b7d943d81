import { expect, type Locator, type Page } from '@playwright/test';

type Role = 'button' | 'link' | 'textbox' | 'radio' | 'combobox' | 'slider' | 'checkbox';

/** More than any page has to stop at. */
const STOPS = 150;

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Goes on from where one is, by Tab alone, until this has focus. */
export async function tab(page: Page, role: Role, name: string | RegExp): Promise<Locator> {
  const target = page.getByRole(role, { name, exact: true }).first();
  await expect(target).toBeVisible();
  // Who was there already comes anew: what others wrote may have moved the page since.
  if (await hasFocus(target)) await page.keyboard.press('Shift+Tab');
  for (let stop = 0; stop < STOPS; stop++) {
    if (await hasFocus(target)) {
      await isSeen(page, `${role} ${name}`);
      return target;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${role} ${name}`);
}

/** By Tab to a button or link, and Enter. */
export async function enter(page: Page, role: 'button' | 'link', name: string | RegExp) {
  await tab(page, role, name);
  await page.keyboard.press('Enter');
}

export async function type(page: Page, name: string | RegExp, text: string) {
  await tab(page, 'textbox', name);
  await page.keyboard.type(text);
}

/** What of the thing that has focus a person with a keyboard would miss. */
function unseen(): string {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nothing has focus';
  const name = `${at.tagName} ${at.textContent?.slice(0, 40)}`;
  const { top, bottom, left, right } = at.getBoundingClientRect();
  if (bottom <= 0 || top >= innerHeight || right <= left) return `off the screen: ${name}`;
  const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const over = document.elementFromPoint(Math.min((left + right) / 2, innerWidth - 1), middle);
  if (!over || !(at.contains(over) || over.contains(at))) return `covered by ${over?.className}: ${name}`;
  // A heading is a place to go on from; nothing can be done with it.
  if (at.matches('main, h1[tabindex="-1"], h2[tabindex="-1"], h3[tabindex="-1"]')) return '';
  // A mark may be on what lies around a small control.
  const marks = [at, at.parentElement, at.nextElementSibling]
    .filter((one) => one !== null)
    .map((one) => getComputedStyle(one));
  const marked = marks.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none');
  return marked ? '' : `without a mark: ${name}`;
}

/** Whatever has focus is on the screen, uncovered and marked; it did not fall to the page. */
export async function isSeen(page: Page, when: string) {
  await expect.poll(() => page.evaluate(unseen), { message: when }).toBe('');
}

/** By Tab one gets from the top of the page to its last link, and back by Shift+Tab. */
export async function hasNoTrap(page: Page) {
  const top = page.locator('.utrecht-skip-link');
  const last = page.getByRole('contentinfo').getByRole('link').last();
  for (const [key, end] of [
    ['Tab', last],
    ['Shift+Tab', top],
  ] as const) {
    let stops = 0;
    for (; stops < STOPS && !(await hasFocus(end)); stops++) await page.keyboard.press(key);
    expect(stops, `a way by ${key}`).toBeLessThan(STOPS);
  }
}

/** Types a day and a time as the fields of this browser are ordered: they follow the machine, not the page. */
export async function typeMoment(page: Page, name: string, at: Date) {
  const field = page.getByLabel(name, { exact: true });
  for (let stop = 0; stop < STOPS && !(await hasFocus(field)); stop++) await page.keyboard.press('Tab');
  const two = (number: number) => String(number).padStart(2, '0');
  const [day, month, year] = [two(at.getDate()), two(at.getMonth() + 1), String(at.getFullYear())];
  for (const [first, second] of [
    [month, day],
    [day, month],
  ]) {
    await page.keyboard.type(`${first}${second}${year}`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('1015A');
    if ((await field.inputValue()) === `${year}-${month}-${day}T10:15`) return;
    for (let part = 0; part < 6; part++) await page.keyboard.press('ArrowLeft');
  }
  throw new Error(`cannot type a moment: ${await field.inputValue()}`);
}
