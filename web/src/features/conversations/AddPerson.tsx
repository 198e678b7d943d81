import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation, NewParticipant, ParticipantRole } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { SelectField } from '../../ui/SelectField';
import { capacities, type Draft, newParticipant } from './newParticipant';
import { Tick } from './Tick';

const roles: readonly ParticipantRole[] = [
  'citizen',
  'partner',
  'representative',
  'interpreter',
  'companion',
  'colleague',
];

interface PartProps {
  draft: Draft;
  checked: boolean;
  onChange: (change: Partial<Draft>) => void;
}

function RepresentativeParts({ draft, checked, onChange }: PartProps) {
  const { t } = useTranslation('roster');
  return (
    <>
      <OneOf
        name="capacity"
        legend={t('capacity.legend')}
        options={capacities.map((capacity) => [capacity, t(`capacity.${capacity}`)] as const)}
        value={draft.capacity}
        missing={checked && draft.capacity === undefined}
        onChange={(value) => onChange({ capacity: capacities.find((capacity) => capacity === value) })}
      />
      <Tick
        checked={draft.told}
        error={checked && !draft.told ? t('told.missing') : undefined}
        onChange={(told) => onChange({ told })}
      >
        {t('told.label')}
      </Tick>
    </>
  );
}

function ColleagueParts({ draft, checked, onChange }: PartProps) {
  const { t } = useTranslation('roster');
  const people = api.useQuery('get', '/people', {});
  const me = api.useQuery('get', '/me', {});
  const others = people.data?.items.filter(({ id }) => id !== me.data?.id) ?? [];
  return (
    <SelectField
      label={t('colleague.label')}
      hint={t('colleague.hint')}
      error={checked && !draft.personId ? t('colleague.missing') : undefined}
      options={[['', t('colleague.choose')], ...others.map(({ id, name }) => [id, name] as const)]}
      value={draft.personId ?? ''}
      onChange={(id) => onChange({ personId: id || undefined })}
    />
  );
}

function AddDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation(['roster', 'conversations', 'app']);
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ told: false, telephone: false });
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const add = api.useMutation('post', '/conversations/{conversationId}/participants', {
    onSuccess: async () => {
      announce(t('add.done'));
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const body: NewParticipant | undefined = newParticipant(draft);
    if (body) add.mutate({ params: { path: { conversationId: conversation.id } }, body });
  };
  const late = conversation.consent === 'given' || conversation.late === true;
  const part = { draft, checked, onChange: change };
  return (
    <Dialog title={t(late ? 'add.lateTitle' : 'add.title')} onClose={onClose}>
      {late && <Message type="info">{t('add.late')}</Message>}
      <form autoComplete="off" className="vs-form" onSubmit={submit} noValidate>
        <OneOf
          name="role"
          legend={t('add.who')}
          options={roles.map((role) => [role, t(`conversations:roles.${role}`)] as const)}
          value={draft.role}
          missing={checked && draft.role === undefined}
          onChange={(value) => change({ role: roles.find((role) => role === value) })}
        />
        {draft.role === 'representative' && <RepresentativeParts {...part} />}
        {draft.role === 'colleague' && <ColleagueParts {...part} />}
        {draft.role === 'interpreter' && (
          <Tick checked={draft.telephone} onChange={(telephone) => change({ telephone })}>
            {t('telephone')}
          </Tick>
        )}
        {add.error && <ErrorMessage error={add.error} />}
        <DialogButtons yes={t('add.confirm')} no={t('app:back')} busy={add.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** "Er kwam iemand bij": asks someone more; after everyone's yes nobody looks until theirs. */
export function AddPerson({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('roster');
  const [adding, setAdding] = useState(false);
  if (!conversation.can.ask) return null;
  const late = conversation.consent === 'given' || conversation.late === true;
  return (
    <>
      <Button appearance="secondary-action-button" onClick={() => setAdding(true)}>
        {t(late ? 'add.lateTitle' : 'add.title')}
      </Button>
      {adding && <AddDialog conversation={conversation} onClose={() => setAdding(false)} />}
    </>
  );
}

/** Why nobody looks while someone who came in later is waited for. */
export function LateReason() {
  const { t } = useTranslation('roster');
  return <Paragraph>{t('late')}</Paragraph>;
}
