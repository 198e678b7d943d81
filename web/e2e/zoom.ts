import { expect, type Page } from '@playwright/test';
import { hasNoViolations, isTooWide } from './test';

/** A screen of 1280 by 1024 px at 400 % (WCAG 2.2, 1.4.10). */
export const zoomed = { width: 320, height: 256 };

/** Words that do not fit where they stand, and controls that one cannot see when one comes to them. */
function faults(): string[] {
  const found: string[] = [];
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? '').trim().slice(0, 30)}"`;
  const seen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    // The last mark of the timeline's scale lies on its edge; its time stands under the film.
    !element.closest('.vs-visually-hidden, .utrecht-skip-link, .vs-ruler');
  const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  // What scrolls by itself, as a row of buttons, brings what has focus into sight.
  const inScroller = (element: Element | null): boolean =>
    element !== null && element !== document.body && (scrolls(element) || inScroller(element.parentElement));
  const root = document.querySelector('dialog[open]') ?? document.body;
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (!seen(element)) continue;
    const words = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
    );
    const { left, right, width } = element.getBoundingClientRect();
    if (words && width > 1 && !inScroller(element) && (left < -0.5 || right > innerWidth + 0.5))
      found.push(`beside the screen: ${name(element)}`);
    const { overflowX } = getComputedStyle(element);
    if (
      words &&
      overflowX !== 'visible' &&
      element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 1
    )
      found.push(`cut off: ${name(element)}`);
  }
  const controls = root.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]',
  );
  for (const control of controls) {
    if (!seen(control) || control.matches(':disabled')) continue;
    control.focus();
    const { top, bottom, left, right } = control.getBoundingClientRect();
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const over = document.elementFromPoint(Math.max(left, 0) + Math.min(right - left, innerWidth) / 2, y);
    const labels = 'labels' in control ? [...((control as HTMLInputElement).labels ?? [])] : [];
    if (
      !over ||
      !(control.contains(over) || over.contains(control) || labels.some((label) => label.contains(over)))
    )
      found.push(`covered by ${over ? name(over) : 'nothing'}: ${name(control)}`);
  }
  return found;
}

/** Nothing scrolls sideways, is cut off or covered, at 400 %. */
export async function fits(page: Page, what: string) {
  expect.soft(await isTooWide(page), `${what} scrolls sideways`).toBe(false);
  expect.soft(await page.evaluate(faults), what).toEqual([]);
  await hasNoViolations(page);
  const folder = process.env.VAKSPIEGEL_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/zoom-${what}.png`, fullPage: true });
}
