import { Textarea } from '@utrecht/component-library-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormTemplate } from '../../api/types';
import { Field } from '../../ui/Field';
import { type Answer, type Answers, answerOf } from './answers';
import { Seen } from './Seen';

export const MAX_TEXT = 5000;

/** What a form needs of the film. */
export interface Film {
  /** Where it is, in ms from its start. */
  now: () => number;
  durationMs: number;
  onJump: (ms: number) => void;
}

interface SheetProps {
  template: Pick<FormTemplate, 'entries'>;
  answers: Answers;
  film: Film;
  onAnswer: (code: string, answer: Answer) => void;
}

type Entry = FormTemplate['entries'][number];

export function useLabel() {
  const { i18n } = useTranslation();
  return ({ nl, en }: { nl: string; en: string }) => (i18n.language === 'en' ? en : nl);
}

interface EntryProps {
  entry: Entry;
  answer: Answer;
  film: Film;
  onAnswer: (answer: Answer) => void;
}

function Words({ label, answer, onAnswer }: { label: string } & Pick<EntryProps, 'answer' | 'onAnswer'>) {
  const { t } = useTranslation('forms');
  const tooLong = [...answer.text].length > MAX_TEXT;
  return (
    <Field label={label} error={tooLong ? t('tooLong') : undefined}>
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          value={answer.text}
          onChange={({ target }) => onAnswer({ ...answer, text: target.value })}
        />
      )}
    </Field>
  );
}

function Behaviour({ entry, answer, film, onAnswer }: EntryProps) {
  const { t } = useTranslation('forms');
  const label = useLabel();
  const id = useId();
  const what = label(entry.label);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be disabled with the preview's, and its legend breaks lines badly
    <div role="group" aria-labelledby={id} className="vs-sheet__entry">
      <p id={id} className="vs-sheet__behaviour">
        {what}
      </p>
      <Seen what={what} answer={answer} film={film} onAnswer={onAnswer} />
      <Words label={t('whatSeen')} answer={answer} onAnswer={onAnswer} />
    </div>
  );
}

/** What a form asks, and what was answered; never a number. */
export function Sheet({ template, answers, film, onAnswer }: SheetProps) {
  const label = useLabel();
  return (
    <div className="vs-sheet">
      {template.entries.map((entry) => {
        const answer = answerOf(answers, entry.code);
        const change = (changed: Answer) => onAnswer(entry.code, changed);
        return entry.kind === 'behaviour' ? (
          <Behaviour key={entry.code} entry={entry} answer={answer} film={film} onAnswer={change} />
        ) : (
          <div key={entry.code} className="vs-sheet__entry">
            <Words label={label(entry.label)} answer={answer} onAnswer={change} />
          </div>
        );
      })}
    </div>
  );
}
