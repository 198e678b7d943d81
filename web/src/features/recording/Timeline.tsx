import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { Overview } from './Overview';
import { Piece } from './Piece';
import { ChosenPiece, PieceTools } from './PieceTools';
import { Playhead } from './Playhead';
import type { Player } from './player';
import { TimelineLane } from './TimelineLane';
import { Tool } from './Tool';
import {
  folded,
  type Lane,
  lastStart,
  type Mark,
  neighbour,
  type Sign,
  signsOf,
  ticks,
} from './timelineLayout';
import type { TimelineView, ViewState } from './timelineView';
import { useGestures } from './useGestures';
import { useTurning } from './useTurning';
import { useView, useWidth } from './useView';

const TICK_PX = 84;
/** WCAG 2.5.8 asks for 24 px, and a gap keeps signs apart. */
const SIGN_PX = 28;
/** Narrower than this there is room for one lane. */
const FOLDS_PX = 560;

interface TimelineProps {
  player: Player;
  view: TimelineView;
  lanes: readonly Lane[];
  currentId: string | null;
  /** Someone else leads the film: nothing here moves it. */
  followed?: boolean;
  /** Whether a piece of the film can be chosen here, to repeat it or for a note. */
  pieces?: boolean;
  onChoose: (mark: Mark) => void;
}

const stays = () => {};

function Ruler({ view, width }: { view: ViewState; width: number }) {
  const { fromMs, spanMs } = view;
  return (
    <div className="vs-ruler" aria-hidden="true">
      {ticks(fromMs, fromMs + spanMs, width / TICK_PX).map((at) => (
        <span
          key={at}
          className="vs-ruler__tick"
          style={{ insetInlineStart: `${((at - fromMs) / spanMs) * 100}%` }}
        >
          {formatTimecode(at)}
        </span>
      ))}
    </div>
  );
}

function ZoomTools({ view }: { view: TimelineView }) {
  const { t } = useTranslation('recording');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, no form
    <div className="vs-zoom" role="group" aria-label={t('zoom.tools')}>
      <Tool icon="wider" label={t('zoom.out')} disabled={view.isWhole()} onClick={() => view.zoomOut()} />
      <Tool icon="nearer" label={t('zoom.in')} disabled={view.isNearest()} onClick={() => view.zoomIn()} />
    </div>
  );
}

interface ChooseLaneProps {
  lanes: readonly Lane[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** On a narrow screen: which line one sees. */
function ChooseLane({ lanes, chosen, onChoose }: ChooseLaneProps) {
  const { t } = useTranslation('recording');
  return (
    <select
      className="vs-choose-lane"
      aria-label={t('lanes.choose')}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{t('lanes.all')}</option>
      {lanes.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Choosing a sign: a mark goes there; several at once come nearer, and when they cannot, one goes to each in turn. */
function useChoosing(view: TimelineView, onChoose: (mark: Mark) => void) {
  const turn = useRef(0);
  return useCallback(
    (sign: Sign) => {
      const together = lastStart(sign) === sign.startMs || view.isNearest();
      const mark = sign.marks[together ? turn.current++ % sign.marks.length : 0];
      if (sign.marks.length > 1 && !together) view.show(sign.startMs, lastStart(sign));
      else if (mark) onChoose(mark);
    },
    [onChoose, view],
  );
}

/** One tab stop for all signs; the arrow keys go from one to another, and the visible part goes along. */
function useRoving(rows: readonly (readonly Sign[])[], view: TimelineView) {
  const [wantedId, setWantedId] = useState<string | null>(null);
  const tabStopId = useMemo(() => {
    const all = rows.flat();
    return (all.find(({ id }) => id === wantedId) ?? all[0])?.id ?? null;
  }, [rows, wantedId]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || tabStopId === null) return;
    if (!(event.target as Element).closest('button')) return;
    const known = /^(Arrow|Home$|End$)/.test(event.key);
    if (!known) return;
    event.preventDefault();
    const next = neighbour(rows, tabStopId, event.key);
    if (!next) return;
    view.reveal(next.startMs);
    setWantedId(next.id);
    // After React has drawn it: a sign that was out of sight is only there then.
    requestAnimationFrame(() => document.getElementById(`sign-${next.id}`)?.focus());
  };
  return { tabStopId, onKeyDown, onFocus: setWantedId };
}

/** The film's length with everything noted on it, one line for each kind or person. */
export function Timeline(props: TimelineProps) {
  const { player, view, lanes, currentId, followed = false, pieces = true, onChoose } = props;
  const { t } = useTranslation('recording');
  const state = useView(player, view);
  const [sectionRef, sectionWidth] = useWidth();
  const [trackRef, width, track] = useWidth();
  const [laneId, setLaneId] = useState('');
  const narrow = sectionWidth < FOLDS_PX;
  const shown = useMemo(
    () => (narrow ? folded(lanes, laneId, t('lanes.all')) : lanes),
    [laneId, lanes, narrow, t],
  );
  const minMs = (SIGN_PX / width) * state.spanMs;
  const rows = useMemo(() => shown.map(({ marks }) => signsOf(marks, minMs)), [minMs, shown]);
  // A lane is told only of its own: what concerns another one does not draw it again.
  const laneOf = useMemo(
    () => new Map(shown.flatMap(({ marks }, lane) => marks.map(({ id }) => [id, lane] as const))),
    [shown],
  );
  const choose = useChoosing(view, onChoose);
  const { tabStopId, onKeyDown, onFocus } = useRoving(rows, view);
  const seek = useCallback((ms: number) => player.seek(ms), [player]);
  useGestures(track, followed ? stays : seek, view);
  const turning = useTurning(state, width);
  if (state.durationMs <= 0) return <div className="vs-timeline vs-timeline--empty" />;
  const chooseBar = (target: EventTarget) => {
    const id = (target as HTMLElement).dataset?.sign;
    const sign = id === undefined ? undefined : rows.flat().find((one) => one.id === id);
    if (sign) choose(sign);
  };
  return (
    <section className="vs-timeline" aria-label={t('timeline')} ref={sectionRef}>
      <div className="vs-timeline__tools">
        {narrow && <ChooseLane lanes={lanes} chosen={laneId} onChoose={setLaneId} />}
        {pieces && <PieceTools player={player} />}
        {pieces && <ChosenPiece player={player} />}
        <Overview player={player} view={view} state={state} lanes={lanes} />
        <ZoomTools view={view} />
      </div>
      <div className="vs-timeline__body">
        {!narrow && (
          <div className="vs-timeline__labels" aria-hidden="true">
            {shown.map(({ id, label }) => (
              <span key={id} title={label}>
                {label}
              </span>
            ))}
          </div>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the signs in it are buttons; pointing beside them is an extra */}
        <div
          className="vs-timeline__track"
          ref={trackRef}
          onKeyDown={onKeyDown}
          onClick={(event) => chooseBar(event.target)}
        >
          <div ref={turning}>
            <Ruler view={state} width={width} />
            {shown.map((lane, index) => (
              <TimelineLane
                key={lane.id}
                label={lane.label}
                signs={rows[index] ?? []}
                view={state}
                currentId={currentId !== null && laneOf.get(currentId) === index ? currentId : null}
                tabStopId={tabStopId !== null && laneOf.get(tabStopId) === index ? tabStopId : null}
                onChoose={choose}
                onFocus={onFocus}
              />
            ))}
            <Piece player={player} view={state} />
          </div>
          <Playhead player={player} view={view} width={width} />
        </div>
      </div>
    </section>
  );
}
