import { Button, Textbox } from '@utrecht/component-library-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { Field } from '../../ui/Field';
import { useAnnounce } from '../../ui/LiveRegion';
import {
  type Answer,
  MAX_MOMENTS,
  type Seen as Moment,
  momentOf,
  spanOf,
  withMoment,
  withoutMoment,
} from './answers';
import type { Film } from './film';

interface SeenProps {
  /** The behaviour, as the form calls it. */
  what: string;
  answer: Answer;
  film: Film;
  onAnswer: (answer: Answer) => void;
  /** What else one can do here. */
  children?: ReactNode;
}

/** The moments where a behaviour was seen: taken from the film, or typed; each leads there. */
export function Seen({ what, answer, film, onAnswer, children }: SeenProps) {
  const { t } = useTranslation('forms');
  const announce = useAnnounce();
  const group = useRef<HTMLDivElement>(null);
  const nowId = useId();
  const full = answer.moments.length >= MAX_MOMENTS;
  const add = (moment: Moment) => {
    onAnswer(withMoment(answer, moment));
    announce(t('seenAt', { at: spanOf(moment) }));
  };
  const remove = (moment: Moment) => {
    onAnswer(withoutMoment(answer, moment));
    announce(t('removed', { at: spanOf(moment) }));
    group.current?.querySelector<HTMLElement>(`[id="${nowId}"]`)?.focus();
  };
  return (
    <div ref={group} className="vs-seen">
      {answer.moments.length > 0 && (
        <ul className="vs-seen__moments" aria-label={t('moments', { what })}>
          {answer.moments.map((moment) => (
            <li key={spanOf(moment) + moment.startMs}>
              <button type="button" className="vs-seen__jump" onClick={() => film.onJump(moment.startMs)}>
                <span className="vs-visually-hidden">{t('goTo')}</span>
                {spanOf(moment)}
              </button>
              <button type="button" className="vs-seen__remove" onClick={() => remove(moment)}>
                <span className="vs-visually-hidden">{t('remove', { at: spanOf(moment) })}</span>
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {full ? (
        <p className="vs-subtle">{t('full')}</p>
      ) : (
        <div className="vs-seen__add">
          <Button
            id={nowId}
            appearance="secondary-action-button"
            onClick={() => add({ startMs: Math.max(0, Math.round(film.now())) })}
          >
            {t('seenNow')}
            <span className="vs-visually-hidden"> {what}</span>
          </Button>
          <Typed what={what} durationMs={film.durationMs} onAdd={add} />
          {children}
        </div>
      )}
    </div>
  );
}

function Typed({
  what,
  durationMs,
  onAdd,
}: {
  what: string;
  durationMs: number;
  onAdd: (m: Moment) => void;
}) {
  const { t } = useTranslation('forms');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const [open, setOpen] = useState(false);
  const add = () => {
    const moment = momentOf(text, durationMs);
    setWrong(moment === null);
    if (!moment) return;
    onAdd(moment);
    setText('');
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && text === '') setOpen(false);
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  if (!open) {
    return (
      <Button appearance="subtle-button" onClick={() => setOpen(true)}>
        {t('typeTime')}
        <span className="vs-visually-hidden"> {what}</span>
      </Button>
    );
  }
  return (
    <Field
      className="vs-seen__typed"
      label={t('time')}
      hint={t('timeHint')}
      error={
        wrong ? t('timeWrong', { end: durationMs > 0 ? formatTimecode(durationMs) : t('theEnd') }) : undefined
      }
    >
      {(control) => (
        <span className="vs-note-times__pair">
          <Textbox
            {...control}
            // One asked for this field with the button that it replaces.
            autoFocus
            autoComplete="off"
            inputMode="text"
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={keys}
          />
          <button type="button" className="vs-now" onClick={add}>
            {t('add')}
          </button>
        </span>
      )}
    </Field>
  );
}
