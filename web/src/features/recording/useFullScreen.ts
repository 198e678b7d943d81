import { type RefObject, useCallback } from 'react';

/** Lets an element fill the screen, or no longer. */
export function useFullScreen(frame: RefObject<HTMLElement>): () => void {
  return useCallback(() => {
    // Refused by the browser (a phone, a policy): the film simply stays where it is.
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    else frame.current?.requestFullscreen?.().catch(() => {});
  }, [frame]);
}
