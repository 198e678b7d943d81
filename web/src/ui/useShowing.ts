import { useLayoutEffect } from 'react';

/** What a page can hold that its frame (html, main, the footer) makes room for. */
type Shown = 'film' | 'pad' | 'run' | 'screen' | 'undo' | 'workspace';

/**
 * Tells the style sheets what the page shows: `vs-shows-…` on html, before the first picture of it. The frame does not
 * ask for it by `:has()`: with that every element that comes or goes has the style of the whole page worked out anew,
 * 10 ms for each step of a long list that scrolls.
 */
export function useShowing(what: Shown, shows = true): void {
  useLayoutEffect(() => {
    if (!shows) return undefined;
    const { classList } = document.documentElement;
    classList.add(`vs-shows-${what}`);
    return () => classList.remove(`vs-shows-${what}`);
  }, [what, shows]);
}
