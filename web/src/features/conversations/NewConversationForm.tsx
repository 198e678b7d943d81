import { Button, Textbox } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { faultTexts } from '../../api/errorText';
import type { Conversation, ParticipantRole } from '../../api/types';
import { fromWall, toWall } from '../../time/wall';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { PeoplePicker } from './PeoplePicker';

const LABEL_MAX = 80;

export function NewConversationForm({ onMade }: { onMade: (conversation: Conversation) => void }) {
  const { t } = useTranslation('conversations');
  const { t: problems } = useTranslation('problems');
  const [people, setPeople] = useState<ParticipantRole[]>(['citizen']);
  const [heldAt, setHeldAt] = useState(() => toWall(new Date()));
  const [label, setLabel] = useState('');
  const [checked, setChecked] = useState(false);
  const create = api.useMutation('post', '/conversations', { onSuccess: onMade });
  const faults = faultTexts(problems, create.error);
  const moment = fromWall(heldAt);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!moment || people.length === 0) return;
    const own = label.trim();
    create.mutate({
      body: {
        heldAt: moment.toISOString(),
        participants: people.map((role) => ({ role })),
        ...(own && { label: own }),
      },
    });
  };
  return (
    <form autoComplete="off" className="vs-form" onSubmit={submit} noValidate>
      <PeoplePicker
        people={people}
        onChange={setPeople}
        error={checked && people.length === 0 ? t('people.nobody') : faults.participants}
      />
      <Field
        label={t('form.heldAt')}
        hint={t('form.heldAtHint')}
        error={checked && !moment ? t('form.heldAtMissing') : faults.heldAt}
      >
        {(control) => (
          <Textbox
            {...control}
            type="datetime-local"
            value={heldAt}
            onChange={(event) => setHeldAt(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('form.label')} hint={t('form.labelHint')} error={faults.label}>
        {(control) => (
          <Textbox
            {...control}
            value={label}
            maxLength={LABEL_MAX}
            autoComplete="off"
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      {create.error && <ErrorMessage error={create.error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={create.isPending}>
          {t('form.submit')}
        </Button>
      </div>
    </form>
  );
}
