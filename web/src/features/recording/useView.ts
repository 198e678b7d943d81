import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { Player } from './player';
import type { TimelineView, ViewState } from './timelineView';
import { usePlayer } from './usePlayer';

/** The visible part, following the film and its length. */
export function useView(player: Player, view: TimelineView): ViewState {
  const durationMs = usePlayer(player, (state) => state.durationMs);
  useLayoutEffect(() => view.setDuration(durationMs), [durationMs, view]);
  useEffect(() => {
    const follow = () => view.follow(player.snapshot().positionMs);
    follow();
    return player.subscribe(follow);
  }, [player, view]);
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

/** The width of an element that may come later than the component, in CSS pixels. */
export function useWidth(): [(element: HTMLElement | null) => void, number, HTMLElement | null] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    if (element.clientWidth > 0) setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width, element];
}
