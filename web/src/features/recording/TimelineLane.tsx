import { type CSSProperties, type FocusEvent, memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { inSight, lastStart, type Sign } from './timelineLayout';
import type { ViewState } from './timelineView';

interface SignButtonProps {
  sign: Sign;
  label: string;
  left: string;
  current: boolean;
  /** The one sign of the timeline that Tab comes to. */
  tabStop: boolean;
  onChoose: (sign: Sign) => void;
}

/** There can be very many: its words come from the lane, which asks for them once. */
const SignButton = memo(function SignButton(props: SignButtonProps) {
  const { sign, label, left, current, tabStop, onChoose } = props;
  const [mark] = sign.marks;
  if (!mark) return null;
  const joined = sign.marks.length > 1;
  const shape = joined ? 'more' : mark.endMs === undefined ? 'point' : 'interval';
  return (
    <button
      type="button"
      id={`sign-${sign.id}`}
      className={`vs-mark vs-mark--${shape} vs-mark--${mark.kind}`}
      style={{ insetInlineStart: left }}
      aria-label={label}
      aria-current={current ? 'true' : undefined}
      title={label}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => onChoose(sign)}
    >
      <span className="vs-mark__sign" aria-hidden="true" />
    </button>
  );
});

interface TimelineLaneProps {
  label: string;
  signs: readonly Sign[];
  view: ViewState;
  currentId: string | null;
  tabStopId: string | null;
  onChoose: (sign: Sign) => void;
  onFocus: (id: string) => void;
}

/** One line of the timeline. Only what can be seen is drawn, and the sign that Tab comes to. */
export const TimelineLane = memo(function TimelineLane(props: TimelineLaneProps) {
  const { label, signs, view, currentId, tabStopId, onChoose, onFocus } = props;
  const { t } = useTranslation('recording');
  const { fromMs, spanMs } = view;
  const labels = useMemo(() => {
    const several = (sign: Sign) =>
      t('moreHere', { from: formatTimecode(sign.startMs), to: formatTimecode(lastStart(sign)) });
    return new Map(
      signs.map((sign) => [sign.id, sign.marks.length > 1 ? several(sign) : sign.marks[0]?.label]),
    );
  }, [signs, t]);
  const shown = useMemo(() => {
    const seen = inSight(signs, fromMs - spanMs * 0.05, fromMs + spanMs * 1.05);
    const stop = signs.find(({ id }) => id === tabStopId);
    return stop && !seen.includes(stop) ? [...seen, stop] : seen;
  }, [fromMs, signs, spanMs, tabStopId]);
  const place = (ms: number) => `${((ms - fromMs) / spanMs) * 100}%`;
  const bar = ({ startMs, endMs }: Sign): CSSProperties => ({
    insetInlineStart: place(startMs),
    inlineSize: `${((endMs - startMs) / spanMs) * 100}%`,
  });
  const focus = (event: FocusEvent) => onFocus(event.target.id.replace(/^sign-/, ''));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line of marks, no form
    <div role="group" aria-label={label} className="vs-lane" onFocus={focus}>
      {shown.map(
        (sign) =>
          sign.endMs > sign.startMs && (
            <span
              key={sign.id}
              className={`vs-lane__bar vs-lane__bar--${sign.marks[0]?.kind}`}
              style={bar(sign)}
              data-sign={sign.id}
            />
          ),
      )}
      {shown.map((sign) => (
        <SignButton
          key={sign.id}
          sign={sign}
          label={labels.get(sign.id) ?? ''}
          left={place(sign.startMs)}
          current={currentId !== null && sign.marks.some(({ id }) => id === currentId)}
          tabStop={sign.id === tabStopId}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
});
