import { useLayoutEffect, useRef } from 'react';
import type { Player } from './player';
import type { TimelineView } from './timelineView';

interface PlayheadProps {
  player: Player;
  view: TimelineView;
  /** Of what it moves over, in CSS pixels. */
  width: number;
  /** Over the whole film, whatever part is visible. */
  whole?: boolean;
}

/** The line at this moment of the film. It glides by a transform of its own: nothing else is drawn for it. */
export function Playhead({ player, view, width, whole = false }: PlayheadProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const line = ref.current;
      if (!line) return;
      const { positionMs } = player.snapshot();
      const { fromMs, spanMs, durationMs } = view.snapshot();
      const part = whole ? positionMs / durationMs : (positionMs - fromMs) / spanMs;
      const seen = part >= 0 && part <= 1;
      line.style.transform = `translateX(${(seen ? part : 0) * width}px)`;
      line.style.visibility = seen ? 'visible' : 'hidden';
    };
    place();
    const stops = [player.subscribe(place), view.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [player, view, whole, width]);
  return <div ref={ref} className="vs-playhead" aria-hidden="true" />;
}
