import { Button, Textarea } from '@utrecht/component-library-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormTemplate } from '../../api/types';
import { Field } from '../../ui/Field';
import { type Answer, type Answers, answerOf } from './answers';
import type { Film } from './film';
import { isTooLong } from './keeping';
import { Seen } from './Seen';

interface SheetProps {
  template: Pick<FormTemplate, 'entries'>;
  answers: Answers;
  film: Film;
  onAnswer: (code: string, answer: Answer) => void;
  /** What there is to say under one answer. */
  below?: (code: string) => ReactNode;
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
  below: ReactNode;
  onAnswer: (answer: Answer) => void;
}

interface WordsProps extends Pick<EntryProps, 'answer' | 'onAnswer'> {
  label: string;
  /** One asked for this field a moment ago. */
  asked?: boolean;
}

function Words({ label, answer, asked = false, onAnswer }: WordsProps) {
  const { t } = useTranslation('forms');
  return (
    <Field label={label} error={isTooLong(answer) ? t('tooLong') : undefined}>
      {(control) => (
        <Textarea
          {...control}
          autoFocus={asked}
          rows={2}
          value={answer.text}
          onChange={({ target }) => onAnswer({ ...answer, text: target.value })}
        />
      )}
    </Field>
  );
}

function Behaviour({ entry, answer, film, below, onAnswer }: EntryProps) {
  const { t } = useTranslation('forms');
  const label = useLabel();
  const id = useId();
  const what = label(entry.label);
  const [asked, setAsked] = useState(false);
  // A form of many behaviours stays short: there is room for words where there is something to say.
  const worded = asked || answer.text !== '' || answer.moments.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be disabled with the preview's, and its legend breaks lines badly
    <div role="group" aria-labelledby={id} className="vs-sheet__entry">
      <p id={id} className="vs-sheet__behaviour">
        {what}
      </p>
      <Seen what={what} answer={answer} film={film} onAnswer={onAnswer}>
        {!worded && (
          <Button appearance="subtle-button" onClick={() => setAsked(true)}>
            {t('write')}
            <span className="vs-visually-hidden"> {what}</span>
          </Button>
        )}
      </Seen>
      {worded && <Words label={t('whatSeen')} answer={answer} asked={asked} onAnswer={onAnswer} />}
      {below}
    </div>
  );
}

/** What a form asks, and what was answered; never a number. */
export function Sheet({ template, answers, film, onAnswer, below }: SheetProps) {
  const label = useLabel();
  return (
    <form autoComplete="off" className="vs-sheet" onSubmit={(event) => event.preventDefault()}>
      {template.entries.map((entry) => {
        const answer = answerOf(answers, entry.code);
        const change = (changed: Answer) => onAnswer(entry.code, changed);
        return entry.kind === 'behaviour' ? (
          <Behaviour
            key={entry.code}
            entry={entry}
            answer={answer}
            film={film}
            below={below?.(entry.code)}
            onAnswer={change}
          />
        ) : (
          <div key={entry.code} className="vs-sheet__entry">
            <Words label={label(entry.label)} answer={answer} onAnswer={change} />
            {below?.(entry.code)}
          </div>
        );
      })}
    </form>
  );
}
