import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation, Longer } from '../../api/types';
import { useDates } from '../../time/useDates';
import { Dialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { LongerAnswer } from './LongerAnswer';

interface KeepLongerProps {
  conversationId: string;
}

function useLonger(conversationId: string, onDone: () => void) {
  const { t } = useTranslation('roster');
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const done = async (said: string) => {
    announce(said);
    onDone();
    await queryClient.invalidateQueries();
  };
  const path = '/conversations/{conversationId}/longer';
  const ask = api.useMutation('post', path, { onSuccess: () => done(t('longer.asked')) });
  const take = api.useMutation('delete', path, { onSuccess: () => done(t('longer.taken')) });
  const params = { path: { conversationId } };
  return {
    ask: (until: string) => ask.mutate({ params, body: { until } }),
    take: () => take.mutate({ params }),
    error: ask.error ?? take.error,
    busy: ask.isPending || take.isPending,
  };
}

interface PartProps extends KeepLongerProps {
  longer: Longer;
  onClose: () => void;
}

/** Until when, before everyone is asked. */
function Ask({ conversationId, longer, onClose }: PartProps) {
  const { t } = useTranslation(['roster', 'app']);
  const dates = useDates();
  const { ask, error, busy } = useLonger(conversationId, onClose);
  const [until, setUntil] = useState(longer.options[0] ?? '');
  return (
    <div className="vs-form">
      <Paragraph>{t('longer.how')}</Paragraph>
      <Paragraph>{t('longer.else')}</Paragraph>
      <OneOf
        name="until"
        legend={t('longer.until')}
        options={longer.options.map((option) => [option, dates.day(option)] as const)}
        value={until}
        missing={false}
        onChange={setUntil}
      />
      {error && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" disabled={busy} onClick={() => ask(until)}>
          {t('longer.ask')}
        </Button>
        <Button appearance="subtle-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </div>
  );
}

/** One state for all: nothing here says who answered. */
function Waiting(props: PartProps & { until: string; conversation: Conversation }) {
  const { conversationId, conversation, until, onClose } = props;
  const { t } = useTranslation(['roster', 'app']);
  const dates = useDates();
  const { take, error, busy } = useLonger(conversationId, onClose);
  return (
    <div className="vs-form">
      <Paragraph>{t('longer.open', { moment: dates.moment(until) })}</Paragraph>
      <Paragraph>{t('longer.where')}</Paragraph>
      <LongerAnswer conversation={conversation} until={until} onDone={onClose} />
      {error && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="secondary-action-button" disabled={busy} onClick={take}>
          {t('longer.take')}
        </Button>
        <Button appearance="subtle-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </div>
  );
}

/** Longer than was agreed: only with everyone's new yes. */
export function KeepLonger({ conversationId }: KeepLongerProps) {
  const { t } = useTranslation('roster');
  const [open, setOpen] = useState(false);
  const { data } = api.useQuery('get', '/conversations/{conversationId}', {
    params: { path: { conversationId } },
  });
  const longer = data?.longer;
  if (!longer || (!longer.until && longer.options.length === 0)) return null;
  const close = () => setOpen(false);
  const parts = { conversationId, longer, onClose: close };
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setOpen(true)}>
        {t(longer.until ? 'longer.waiting' : 'longer.button')}
      </Button>
      {open && (
        <Dialog title={t('longer.title')} onClose={close}>
          {longer.until ? (
            <Waiting {...parts} until={longer.until} conversation={data} />
          ) : (
            <Ask {...parts} />
          )}
        </Dialog>
      )}
    </>
  );
}
