import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client';
import { isGone } from '../../api/problem';
import type { Conversation } from '../../api/types';
import { ConsentStep } from '../../features/conversations/ConsentStep';
import { KeepLonger } from '../../features/conversations/KeepLonger';
import { StillHolds } from '../../features/conversations/StillHolds';
import { Wishes } from '../../features/conversations/Wishes';
import { TenMinutesLink } from '../../features/look-back/TenMinutesLink';
import { OwnReceipts } from '../../features/receipts/OwnReceipts';
import { FilmStep } from '../../features/upload/FilmStep';
import { useDates } from '../../time/useDates';
import { ActionLink } from '../../ui/ActionLink';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Step } from '../../ui/Step';
import { Page } from '../Page';

/** The end that is the same for every cause; a film that was there reads otherwise than one that never came. */
function GonePage({ hadConsent }: { hadConsent: boolean }) {
  const { t } = useTranslation(['conversations', 'app']);
  return (
    <Page title={hadConsent ? t('erased') : t('noFilm')}>
      <ActionLink to="/" appearance="secondary-action">
        {t('app:toConversations')}
      </ActionLink>
    </Page>
  );
}

interface StepsProps {
  conversation: Conversation;
  onCancelled: () => void;
}

function Steps({ conversation, onCancelled }: StepsProps) {
  const { t, i18n } = useTranslation('conversations');
  const dates = useDates();
  const given = conversation.consent === 'given';
  const people = [
    t('people.you'),
    ...conversation.participants.map(({ role }) => t(`roles.${role}`).toLocaleLowerCase(i18n.language)),
  ];
  const moment = dates.moment(conversation.heldAt);
  return (
    <Page
      title={conversation.label || t('titleOf', { day: dates.day(conversation.heldAt) })}
      tab={t('titleOf', { day: dates.day(conversation.heldAt) })}
      lead={moment}
    >
      <Step number={1} title={t('steps.table')} state="done">
        <p className="utrecht-paragraph">
          {new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(people)}
        </p>
      </Step>
      <Step number={2} title={t('steps.consent')} state={given ? 'done' : 'current'}>
        <ConsentStep conversation={conversation} onCancelled={onCancelled} />
        <Wishes conversation={conversation} />
        <KeepLonger conversationId={conversation.id} />
      </Step>
      <Step number={3} title={t('steps.film')} state={given ? 'current' : 'later'}>
        {given && conversation.unconfirmed && <StillHolds conversation={conversation} onNo={onCancelled} />}
        {given && !conversation.unconfirmed && (
          <FilmStep
            conversation={conversation}
            first={(recordingId) => <TenMinutesLink recordingId={recordingId} appearance="primary-action" />}
          />
        )}
      </Step>
      {conversation.ownRecordId && <OwnReceipts recordId={conversation.ownRecordId} />}
    </Page>
  );
}

export function ConversationPage() {
  const { conversationId = '' } = useParams();
  const { t } = useTranslation('conversations');
  const [cancelled, setCancelled] = useState(false);
  const { data, error, isPending, refetch } = api.useQuery(
    'get',
    '/conversations/{conversationId}',
    { params: { path: { conversationId } } },
    { enabled: !cancelled },
  );
  const hadConsent = useRef(false);
  useEffect(() => {
    if (data)
      hadConsent.current = data.recordingIds.length > 0 || (data.consent === 'given' && !data.unconfirmed);
  }, [data]);
  if (cancelled || (error && isGone(error))) return <GonePage hadConsent={hadConsent.current} />;
  if (isPending) {
    return (
      <Page title={t('conversation')}>
        <Placeholder size="page" />
      </Page>
    );
  }
  if (error && !data) {
    return (
      <Page title={t('conversation')}>
        <ErrorMessage error={error} again={refetch} />
      </Page>
    );
  }
  return <Steps conversation={data} onCancelled={() => setCancelled(true)} />;
}
