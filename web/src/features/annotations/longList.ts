import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  type Range,
  useVirtualizer,
  type Virtualizer,
  windowScroll,
} from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { Threads } from './threads';

/** Up to here all notes are in the page, as the browser's own search likes it. */
export const SHORT_LIST = 100;

/** The head of the notes stays above the list, on a wide screen. */
const HEAD_PX = 80;
/** What is drawn beyond either edge, so that Tab and a screen reader find a next one. */
const OVERSCAN = 6;

type List = Virtualizer<Element, HTMLElement>;
type Root = Element | Window;

/** The page is watched and scrolled in another way than a panel. */
const ofPage = {
  observeElementRect: observeWindowRect,
  observeElementOffset: observeWindowOffset,
  scrollToFn: windowScroll,
} as unknown as Pick<List['options'], 'observeElementRect' | 'observeElementOffset' | 'scrollToFn'>;

/** A first guess of how high a note is, in px; what is drawn is measured. */
function guessedPx(body: string, replies: number): number {
  return 112 + Math.ceil(body.length / 44) * 25 + replies * 120;
}

/** What scrolls the list: its own panel on a wide screen, else the page. */
function rootOf(list: Element | null): Root | null {
  const panel = list?.closest('[data-scrolls]');
  if (!panel) return null;
  return /auto|scroll/.test(getComputedStyle(panel).overflowY) ? panel : window;
}

/** Where the list begins in what scrolls it, in px. */
function marginOf(list: Element, root: Root): number {
  const top = list.getBoundingClientRect().top;
  return root instanceof Element
    ? top - root.getBoundingClientRect().top + root.scrollTop
    : top + root.scrollY;
}

/** Follows both: a window can become narrow, and a form above the list can open. */
function usePlace(list: RefObject<HTMLElement>) {
  const [place, setPlace] = useState<{ root: Root | null; margin: number }>({ root: null, margin: 0 });
  useLayoutEffect(() => {
    const look = () => {
      const root = rootOf(list.current);
      const margin = list.current && root ? Math.round(marginOf(list.current, root)) : 0;
      setPlace((before) => (before.root === root && before.margin === margin ? before : { root, margin }));
    };
    look();
    // Only when something got another size: asking at each drawing would have the page laid out twice.
    const observer = new ResizeObserver(look);
    for (const element of [list.current?.parentElement, document.body]) {
      if (element) observer.observe(element);
    }
    window.addEventListener('resize', look);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', look);
    };
  }, [list]);
  return place;
}

/** Of a long list only what is in sight is in the page, and what must not go: the pinned ones. */
export function useLongList(
  list: RefObject<HTMLElement>,
  { items, replies }: Threads,
  pinned: readonly number[],
): { notes: List; follows: boolean } {
  const { root, margin } = usePlace(list);
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), ...pinned])].sort((a, b) => a - b),
    [pinned],
  );
  // Another function would have every note measured anew.
  const getItemKey = useCallback((index: number) => items[index]?.id ?? index, [items]);
  const estimateSize = useCallback(
    (index: number) => guessedPx(items[index]?.body ?? '', replies[items[index]?.id ?? '']?.length ?? 0),
    [items, replies],
  );
  const notes = useVirtualizer<Element, HTMLElement>({
    count: items.length,
    getScrollElement: () => root as Element | null,
    getItemKey,
    estimateSize,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: HEAD_PX,
    rangeExtractor,
    ...(root instanceof Window && ofPage),
  });
  return { notes, follows: root instanceof Element };
}
