import { Textbox } from '@utrecht/component-library-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { Field } from '../../ui/Field';
import { moved, type Passage, positionOf, type Side } from './passage';

const FINE_MS = 100;
const SECOND_MS = 1000;
const PAGE_MS = 10_000;

const nudges = [
  ['back1', -SECOND_MS],
  ['back01', -FINE_MS],
  ['on01', FINE_MS],
  ['on1', SECOND_MS],
] as const;

/** How far a key moves the slider, in ms; undefined for keys that are the browser's. */
function stepOf({ key, shiftKey }: KeyboardEvent): number | undefined {
  const arrow = shiftKey ? SECOND_MS : FINE_MS;
  return (
    {
      ArrowLeft: -arrow,
      ArrowDown: -arrow,
      ArrowRight: arrow,
      ArrowUp: arrow,
      PageDown: -PAGE_MS,
      PageUp: PAGE_MS,
    } as Partial<Record<string, number>>
  )[key];
}

interface EdgeFieldProps {
  side: Side;
  passage: Passage;
  durationMs: number;
  error: string | undefined;
  /** The slider's hint, for a screen reader. */
  hintId: string;
  now: () => number;
  onChange: (passage: Passage) => void;
  /** Shows the picture where the edge now is. */
  onShow: (ms: number) => void;
}

/** One edge of a fragment: typed, moved by keys, or by buttons of a size for fingers. */
export function EdgeField(props: EdgeFieldProps) {
  const { side, passage, durationMs, error, hintId, now, onChange, onShow } = props;
  const { t } = useTranslation('fragments');
  const at = positionOf(passage, side);
  const moveTo = (ms: number) => {
    const next = moved(passage, side, ms, durationMs);
    onChange(next);
    onShow(positionOf(next, side));
  };
  return (
    <div className="vs-edge">
      <Field label={t(`form.${side}`)} error={error}>
        {(control) => (
          <span className="vs-note-times__pair vs-edge__row">
            <Textbox
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={passage[side]}
              onChange={(event) => onChange({ ...passage, [side]: event.target.value })}
            />
            <button
              type="button"
              className="vs-now"
              aria-label={t(side === 'start' ? 'form.startNow' : 'form.endNow')}
              onClick={() => onChange({ ...passage, [side]: formatTimecode(now(), true) })}
            >
              {t('form.now')}
            </button>
            <span className="vs-edge__nudges">
              {nudges.map(([name, ms]) => (
                <button
                  key={name}
                  type="button"
                  className="vs-now"
                  aria-label={t(`form.nudge.${side}.${name}`)}
                  onClick={() => moveTo(at + ms)}
                >
                  {t(`form.nudge.short.${name}`)}
                </button>
              ))}
            </span>
          </span>
        )}
      </Field>
      <input
        type="range"
        className="vs-edge__slider"
        aria-label={t(`form.slider.${side}`)}
        aria-valuetext={formatTimecode(at, true)}
        aria-describedby={hintId}
        min={0}
        max={Math.max(durationMs, 1)}
        step={FINE_MS}
        value={Math.min(at, Math.max(durationMs, 1))}
        onChange={(event) => moveTo(Number(event.target.value))}
        onKeyDown={(event) => {
          const step = stepOf(event);
          if (step === undefined) return;
          event.preventDefault();
          moveTo(at + step);
        }}
      />
    </div>
  );
}
