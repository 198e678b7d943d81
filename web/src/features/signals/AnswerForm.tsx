import { Button, Textbox } from '@utrecht/component-library-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Signal } from '../../api/types';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import type { SignalActions } from './useSignals';

const MAX_ANSWER = 500;
const MAX_FOLLOWED_BY = 100;

interface AnswerFormProps {
  signal: Signal;
  actions: SignalActions;
  onKept: () => void;
  onCancel: () => void;
}

/** One line of answer. When another keeper was first, what they wrote appears above, and what was typed stays. */
export function AnswerForm({ signal, actions, onKept, onCancel }: AnswerFormProps) {
  const { t } = useTranslation(['signals', 'app']);
  const [answer, setAnswer] = useState(signal.answer ?? '');
  const [followedBy, setFollowedBy] = useState(signal.followedBy ?? '');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { saving, error, save } = useSaving();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    const body = { answer: answer.trim(), followedBy: followedBy.trim() };
    void save(() => actions.change(signal, body), onKept);
  };
  return (
    <form autoComplete="off" className="vs-calm-form vs-step-form vs-signal__form" onSubmit={submit}>
      <Field label={t('form.answer')} hint={t('form.noNames')}>
        {(control) => (
          <Textbox
            {...control}
            ref={first}
            autoComplete="off"
            maxLength={MAX_ANSWER}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('form.followedBy')} hint={t('form.followedByHint')}>
        {(control) => (
          <Textbox
            {...control}
            autoComplete="off"
            maxLength={MAX_FOLLOWED_BY}
            value={followedBy}
            onChange={(event) => setFollowedBy(event.target.value)}
          />
        )}
      </Field>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t('form.save')}
        </Button>
        <Button appearance="subtle-button" onClick={onCancel}>
          {t('app:cancel')}
        </Button>
      </div>
    </form>
  );
}
