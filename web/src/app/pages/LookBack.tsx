import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { EditCaptions } from '../../features/captions/EditCaptions';
import { KeepLonger } from '../../features/conversations/KeepLonger';
import type { Filling } from '../../features/forms/useFilling';
import { DoneLearning } from '../../features/recording/DoneLearning';
import { usePlace } from '../../features/recording/usePlace';
import { ViewsDialog } from '../../features/recording/ViewsDialog';
import { useDates } from '../../time/useDates';
import { ActionLink } from '../../ui/ActionLink';
import { ErrorMessage, Message } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { ScopeSentence } from '../../ui/ScopeSentence';
import { Page } from '../Page';
import { Workspace } from '../workspace/Workspace';
import { useRecording } from './useRecording';
import type { OnRecording } from './WithRecording';

interface ActionsProps {
  recording: Recording;
  onErased: () => void;
}

function Actions({ recording, onErased }: ActionsProps) {
  const { t } = useTranslation('recording');
  const [viewing, setViewing] = useState(false);
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setViewing(true)}>
        {t('views.title')}
      </Button>
      <DoneLearning recording={recording} plain onErased={onErased} />
      {recording.can.watch && recording.can.annotate && <EditCaptions recordingId={recording.id} />}
      {recording.state === 'ready' && <KeepLonger conversationId={recording.conversationId} />}
      {viewing && <ViewsDialog recordingId={recording.id} onClose={() => setViewing(false)} />}
    </>
  );
}

export function NotReady({ recording, filling }: { recording: Recording; filling: Filling }) {
  const { t } = useTranslation(['recording', 'roster']);
  const queryClient = useQueryClient();
  // What may not be looked at now is not kept for later either.
  useEffect(() => {
    queryClient.removeQueries({ queryKey: ['get', '/recordings/{recordingId}/annotations'] });
    queryClient.removeQueries({ queryKey: ['get', '/recordings/{recordingId}/forms'] });
    filling.rest();
  }, [filling, queryClient]);
  return (
    <>
      <Message type={recording.state === 'failed' ? 'error' : 'info'}>
        {recording.waiting
          ? t('roster:notReady')
          : t(`notReady.${recording.paused ? 'paused' : recording.state}`)}
      </Message>
      <ActionLink to={`/gesprekken/${recording.conversationId}`}>{t('toConversation')}</ActionLink>
    </>
  );
}

function About({ recording }: { recording: Recording }) {
  const { t } = useTranslation('recording');
  const dates = useDates();
  return (
    <>
      {dates.moment(recording.startedAt)}.{' '}
      {!recording.paused && !recording.waiting && <ScopeSentence scopes={recording.scopes} />}{' '}
      {t('until', { day: dates.day(recording.expiresAt) })} {recording.origin === 'file' && t('fromFile')}
    </>
  );
}

export function LookBack(props: OnRecording) {
  const { recordingId, player, writing, choosing, filling, keeper, onErased } = props;
  const { t } = useTranslation('recording');
  const { data, error, refetch, gone } = useRecording(props);
  const watchable = !gone && data?.state === 'ready' && data.can.watch;
  const place = usePlace(recordingId, player, watchable);
  if (gone) return null;
  return (
    <Page
      wide
      title={t('title')}
      lead={data && <About recording={data} />}
      actions={
        data && (
          <Actions
            recording={data}
            onErased={() => {
              place.leave();
              onErased();
            }}
          />
        )
      }
    >
      {!data && !error && <Placeholder size="page" />}
      {!data && error && <ErrorMessage error={error} again={refetch} />}
      {data && !watchable && <NotReady recording={data} filling={filling} />}
      {data && watchable && (
        <Workspace
          recording={data}
          player={player}
          place={place}
          writing={writing}
          choosing={choosing}
          filling={filling}
          keeper={keeper}
          onFailed={() => void refetch()}
        />
      )}
    </Page>
  );
}
