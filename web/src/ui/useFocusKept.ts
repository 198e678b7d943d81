import { useEffect } from 'react';

const PLACES = 'section, article, form, dialog, main, [role="tabpanel"]';

const isDisabled = (element: Element) => element.matches(':disabled');
const isLost = () => document.activeElement === null || document.activeElement === document.body;

/** From an element up: when it is gone, its place can no longer be found from itself. */
function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) path.push(at);
  return path;
}

/** The heading of the nearest part that is still there; else that of the page. */
function headingNear(path: readonly Element[]): HTMLElement | null {
  for (const place of path) {
    if (!place.isConnected || !place.matches(PLACES)) continue;
    const heading = place.querySelector<HTMLElement>('h1, h2, h3');
    if (heading) return heading;
  }
  return document.querySelector<HTMLElement>('main h1');
}

/** Remembers what has focus, and gives it a place when it falls to the page. */
class FocusKeeper {
  private path: Element[] = [];
  private waits = false;
  private byKeys = true;

  readonly remember = ({ target }: FocusEvent): void => {
    this.path = target instanceof Element ? pathOf(target) : [];
    this.waits = false;
  };

  private readonly forget = (): void => {
    this.path = [];
  };

  /** A press on the page itself means to leave what had focus; on something else that has it at once. */
  readonly pointed = (): void => {
    this.byKeys = false;
    this.forget();
  };

  readonly typed = (): void => {
    this.byKeys = true;
  };

  /** A wheel, or another size of the window: one looks somewhere, and stays there. */
  readonly moved = (): void => {
    this.byKeys = false;
  };

  /** Who leaves a field by a key of its own, as Esc, means to. */
  readonly left = (): void => {
    requestAnimationFrame(() => {
      const [last] = this.path;
      if (last?.isConnected && !isDisabled(last) && isLost()) this.forget();
    });
  };

  /** After the render, and after whatever else gives focus a better place. */
  readonly look = (): void => {
    const [last] = this.path;
    if (!last || !isLost()) return;
    if (!last.isConnected) requestAnimationFrame(this.replace);
    else if (isDisabled(last)) this.waits = true;
    else if (this.waits && last instanceof HTMLElement) last.focus({ preventScroll: true });
  };

  private readonly replace = (): void => {
    const [last] = this.path;
    if (!last || last.isConnected || !isLost()) return;
    const heading = headingNear(this.path);
    if (!heading) return;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    // Whoever works by keys sees where they are; a page under someone's pointer does not move.
    heading.focus({ preventScroll: !this.byKeys });
  };
}

/**
 * Focus does not fall to the page: when what had it goes away (a step that ends, a button that did its work, a film
 * that closes), it goes to the heading of the part that it was in; what is only disabled while something is sent gets
 * it back. A screen that knows a better place gives it that (ui/focus).
 */
export function useFocusKept(): void {
  useEffect(() => {
    const keeper = new FocusKeeper();
    const observer = new MutationObserver(keeper.look);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled'],
    });
    const over = new AbortController();
    const { signal } = over;
    document.addEventListener('focusin', keeper.remember, { signal });
    document.addEventListener('focusout', keeper.left, { signal });
    document.addEventListener('pointerdown', keeper.pointed, { signal });
    document.addEventListener('keydown', keeper.typed, { signal });
    document.addEventListener('wheel', keeper.moved, { signal, passive: true });
    window.addEventListener('resize', keeper.moved, { signal });
    return () => {
      observer.disconnect();
      over.abort();
    };
  }, []);
}
