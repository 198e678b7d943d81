import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ViewState } from './timelineView';

const TURN_MS = 280;
/** What moves less than this is dragged, and needs no easing. */
const FROM_PART = 0.2;

/** Lets the timeline glide when its visible part turns like a page; at once for whoever asked for less motion. */
export function useTurning({ fromMs, spanMs }: ViewState, width: number): RefObject<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef({ fromMs, spanMs });
  useLayoutEffect(() => {
    const moved = before.current.spanMs === spanMs ? (fromMs - before.current.fromMs) / spanMs : 0;
    before.current = { fromMs, spanMs };
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
    if (still || Math.abs(moved) < FROM_PART || Math.abs(moved) > 1.2) return;
    ref.current?.animate([{ transform: `translateX(${moved * width}px)` }, { transform: 'none' }], {
      duration: TURN_MS,
      easing: 'ease-out',
    });
  }, [fromMs, spanMs, width]);
  return ref;
}
