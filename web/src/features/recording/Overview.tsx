import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { Playhead } from './Playhead';
import type { Player } from './player';
import { type Lane, strokes } from './timelineLayout';
import type { TimelineView, ViewState } from './timelineView';
import { useWidth } from './useView';

interface OverviewProps {
  player: Player;
  view: TimelineView;
  state: ViewState;
  lanes: readonly Lane[];
}

const Strokes = memo(function Strokes({ lanes, durationMs }: { lanes: readonly Lane[]; durationMs: number }) {
  const path = useMemo(() => strokes(lanes, durationMs), [durationMs, lanes]);
  return (
    <svg className="vs-overview__marks" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} stroke="currentColor" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

/** The whole film in one strip. Its slider is as wide as the visible part, and moves it. */
export function Overview({ player, view, state, lanes }: OverviewProps) {
  const { t } = useTranslation('recording');
  const [ref, width] = useWidth();
  const { fromMs, spanMs, durationMs } = state;
  const whole = view.isWhole();
  const thumb = Math.max(24, (spanMs / durationMs) * width);
  return (
    <div ref={ref} className="vs-overview">
      <Strokes lanes={lanes} durationMs={durationMs} />
      <input
        type="range"
        aria-label={t('visible')}
        aria-valuetext={t('visiblePart', {
          from: formatTimecode(fromMs),
          to: formatTimecode(fromMs + spanMs),
        })}
        disabled={whole}
        min={0}
        max={whole ? 1 : Math.round(durationMs - spanMs)}
        step={1}
        value={whole ? 0 : Math.round(fromMs)}
        style={{ '--thumb': `${thumb}px` } as React.CSSProperties}
        onChange={(event) => view.moveTo(Number(event.target.value))}
        onKeyDown={(event) => {
          // The browser would move by one step, which is a thousandth of a second.
          const parts = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
          if (parts === undefined) return;
          event.preventDefault();
          view.moveTo(fromMs + (parts * spanMs) / 4);
        }}
      />
      <Playhead player={player} view={view} width={width} whole />
    </div>
  );
}
