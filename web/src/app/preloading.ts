import { useEffect } from 'react';
import { matchRoutes, type RouteObject } from 'react-router';
import { Code } from './code';

/** Fetches the code of a screen while someone points at a link to it, or has the focus on it. */
export function usePreloading(routes: RouteObject[]): void {
  useEffect(() => {
    const look = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
      if (!link || link.origin !== globalThis.location.origin) return;
      for (const { route } of matchRoutes(routes, link.pathname) ?? []) {
        // What does not come now is asked for again when it is needed.
        if (route.handle instanceof Code && !route.handle.Screen) route.handle.preload().catch(() => {});
      }
    };
    document.addEventListener('pointerover', look, { passive: true });
    document.addEventListener('focusin', look);
    return () => {
      document.removeEventListener('pointerover', look);
      document.removeEventListener('focusin', look);
    };
  }, [routes]);
}
