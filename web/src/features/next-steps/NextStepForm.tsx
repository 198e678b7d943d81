import { Button, Textbox } from '@utrecht/component-library-react';
import { type FormEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import { toApiError } from '../../api/problem';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';

const MAX_LENGTH = 300;
const MAX_INSIGHT = 500;

/** A next step as it is typed; an empty date is none. */
export interface StepDraft {
  text: string;
  date: string;
  insight: string;
}

interface NextStepFormProps {
  draft: StepDraft;
  onChange: (draft: StepDraft) => void;
  /** What was noticed is asked of what was tried. */
  asksInsight?: boolean;
  /** Rejects when it is not kept. */
  onSave: () => Promise<void>;
  /** Without: there is no way back, as when making a new one. */
  onCancel?: () => void;
  textRef?: RefObject<HTMLInputElement>;
}

/** One small next step. A date only if one wants it; it is a day to think of it, never a deadline. */
export function NextStepForm(props: NextStepFormProps) {
  const { draft, onChange, asksInsight = false, onSave, onCancel, textRef } = props;
  const { t } = useTranslation(['nextSteps', 'app', 'problems']);
  const { t: problems } = useTranslation('problems');
  const [empty, setEmpty] = useState(false);
  const { saving, error, save } = useSaving();
  const [asked, setAsked] = useState(false);
  const dated = asked || draft.date !== '';
  const faults = faultTexts(problems, error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(draft.text.trim() === '');
    if (saving || draft.text.trim() === '') return;
    void save(onSave, () => setAsked(false));
  };
  return (
    <form autoComplete="off" className="vs-calm-form vs-step-form" onSubmit={submit} noValidate>
      <Field
        label={t('form.text')}
        hint={t('form.noNames')}
        error={empty && draft.text.trim() === '' ? t('form.empty') : faults.text}
      >
        {(control) => (
          <Textbox
            {...control}
            ref={textRef}
            autoComplete="off"
            maxLength={MAX_LENGTH}
            value={draft.text}
            onChange={(event) => onChange({ ...draft, text: event.target.value })}
          />
        )}
      </Field>
      {asksInsight && (
        <Field label={t('form.insight')} error={faults.insight}>
          {(control) => (
            <Textbox
              {...control}
              autoComplete="off"
              maxLength={MAX_INSIGHT}
              value={draft.insight}
              onChange={(event) => onChange({ ...draft, insight: event.target.value })}
            />
          )}
        </Field>
      )}
      {dated && (
        <Field label={t('form.date')} hint={t('form.dateHint')} error={faults.date}>
          {(control) => (
            <Textbox
              {...control}
              type="date"
              className="vs-step-form__date"
              value={draft.date}
              onChange={(event) => onChange({ ...draft, date: event.target.value })}
            />
          )}
        </Field>
      )}
      {error !== null && toApiError(error).faults.length === 0 && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t('form.save')}
        </Button>
        {!dated && (
          <Button appearance="subtle-button" onClick={() => setAsked(true)}>
            {t('form.addDate')}
          </Button>
        )}
        {onCancel && (
          <Button appearance="subtle-button" onClick={onCancel}>
            {t('app:cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
