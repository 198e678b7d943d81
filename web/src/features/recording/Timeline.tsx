import { type CSSProperties, memo, type PointerEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import type { Player } from './player';
import { type Lane, type Mark, type PlacedMark, placeMarks, ticks } from './timelineLayout';
import { usePlayer } from './usePlayer';

const TICK_PX = 84;
/** A label that would stick out at the end is left away. */
const TICK_LABEL_PX = 36;
/** WCAG 2.5.8 asks for 24 px, and a gap keeps marks apart. */
const MARK_PX = 28;

/** The width of an element that may come later than the component, in CSS pixels. */
function useWidth(): [(element: HTMLDivElement | null) => void, number] {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

function Playhead({ player }: { player: Player }) {
  const part = usePlayer(player, ({ positionMs, durationMs }) =>
    durationMs > 0 ? positionMs / durationMs : 0,
  );
  return <div className="vs-timeline__head" style={{ insetInlineStart: `${Math.min(1, part) * 100}%` }} />;
}

interface MarkButtonProps {
  mark: PlacedMark;
  durationMs: number;
  current: boolean;
  onChoose: (mark: Mark) => void;
}

function MarkButton({ mark, durationMs, current, onChoose }: MarkButtonProps) {
  const interval = mark.endMs !== undefined;
  const style: CSSProperties = {
    insetInlineStart: `${(mark.startMs / durationMs) * 100}%`,
    insetBlockStart: `calc(${mark.lane} * var(--vs-lane))`,
    ...(mark.endMs !== undefined && { inlineSize: `${((mark.endMs - mark.startMs) / durationMs) * 100}%` }),
  };
  return (
    <button
      type="button"
      className={`vs-mark vs-mark--${interval ? 'interval' : 'point'} vs-mark--${mark.kind}`}
      style={style}
      aria-label={mark.label}
      aria-current={current ? 'true' : undefined}
      title={mark.label}
      onClick={() => onChoose(mark)}
    >
      <span className="vs-mark__sign" aria-hidden="true" />
    </button>
  );
}

interface TimelineProps {
  player: Player;
  lanes: readonly Lane[];
  currentId: string | null;
  onChoose: (mark: Mark) => void;
}

interface LaneRowProps {
  lane: Lane;
  durationMs: number;
  /** How much time a mark covers at least. */
  minMs: number;
  currentId: string | null;
  onChoose: (mark: Mark) => void;
}

const LaneRow = memo(function LaneRow({ lane, durationMs, minMs, currentId, onChoose }: LaneRowProps) {
  const placed = useMemo(() => placeMarks(lane.marks, minMs), [lane.marks, minMs]);
  const rows = placed.reduce((most, mark) => Math.max(most, mark.lane + 1), 1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line of marks, no form
    <div
      role="group"
      aria-label={lane.label}
      className="vs-timeline__lanes"
      style={{ blockSize: `calc(${rows} * var(--vs-lane))` }}
    >
      {placed.map((mark) => (
        <MarkButton
          key={mark.id}
          mark={mark}
          durationMs={durationMs}
          current={mark.id === currentId}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
});

/** The film's length with everything noted on it. Dragging is an extra: the slider and the typed time do the same. */
export function Timeline({ player, lanes, currentId, onChoose }: TimelineProps) {
  const { t } = useTranslation('recording');
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const [ref, width] = useWidth();
  const minMs = durationMs > 0 ? (MARK_PX / width) * durationMs : 0;
  const seekTo = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (box.width > 0) player.seek(((event.clientX - box.left) / box.width) * durationMs);
  };
  if (durationMs <= 0) return <div className="vs-timeline vs-timeline--empty" />;
  return (
    <section className="vs-timeline" aria-label={t('timeline')}>
      <div
        className="vs-timeline__track"
        ref={ref}
        onPointerDown={(event) => {
          if ((event.target as Element).closest('button') || event.button !== 0) return;
          event.currentTarget.setPointerCapture?.(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture?.(event.pointerId)) seekTo(event);
        }}
      >
        <div className="vs-timeline__ruler" aria-hidden="true">
          {ticks(durationMs, width / TICK_PX)
            .filter((at) => ((durationMs - at) / durationMs) * width > TICK_LABEL_PX)
            .map((at) => (
              <span
                key={at}
                className="vs-timeline__tick"
                style={{ insetInlineStart: `${(at / durationMs) * 100}%` }}
              >
                {formatTimecode(at)}
              </span>
            ))}
        </div>
        {lanes.map((lane) => (
          <LaneRow
            key={lane.id}
            lane={lane}
            durationMs={durationMs}
            minMs={minMs}
            currentId={currentId}
            onChoose={onChoose}
          />
        ))}
        <Playhead player={player} />
      </div>
    </section>
  );
}
