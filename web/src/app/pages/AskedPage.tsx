import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client';
import { isGone } from '../../api/problem';
import { AskedForm } from '../../features/participations/AskedForm';
import { GivenForm } from '../../features/participations/GivenForm';
import { OwnReceipts } from '../../features/receipts/OwnReceipts';
import { useDates } from '../../time/useDates';
import { ActionLink } from '../../ui/ActionLink';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

/** What a colleague in the room is asked, and what they can do with their answer. */
export function AskedPage() {
  const { participantId = '' } = useParams();
  const { t, i18n } = useTranslation(['roster', 'app']);
  const dates = useDates();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [ended, setEnded] = useState(false);
  const params = { path: { participantId } };
  const { data, error } = api.useQuery(
    'get',
    '/participations/{participantId}',
    { params: { ...params, query: { language: i18n.language } } },
    { enabled: !ended },
  );
  const answer = api.useMutation('post', '/participations/{participantId}', {
    onSuccess: async (_, { body }) => {
      announce(t('mine.done'));
      if (body.choice === 'no' || body.choice === 'withdraw') setEnded(true);
      else await queryClient.invalidateQueries();
    },
  });
  const back = (
    <ActionLink to="/" appearance="secondary-action">
      {t('app:toConversations')}
    </ActionLink>
  );
  if (ended || (error && isGone(error)))
    return (
      <Page title={t('mine.gone')}>
        <OwnReceipts recordId={participantId} />
        {back}
      </Page>
    );
  if (!data)
    return (
      <Page title={t('mine.title')}>
        {error ? <ErrorMessage error={error} /> : <Placeholder size="page" />}
      </Page>
    );
  const { participation, text } = data;
  const parts = {
    participation,
    busy: answer.isPending,
    onChoose: (body: Parameters<typeof answer.mutate>[0]['body']) => answer.mutate({ params, body }),
  };
  const lead = t('mine.with', {
    klantmanager: participation.klantmanager,
    moment: dates.moment(participation.heldAt),
  });
  return (
    <Page title={participation.state === 'asked' ? text.title : t('mine.own')} lead={lead}>
      {answer.error && <ErrorMessage error={answer.error} />}
      {participation.state === 'asked' ? <AskedForm {...parts} text={text} /> : <GivenForm {...parts} />}
      <OwnReceipts recordId={participantId} />
      {back}
    </Page>
  );
}
