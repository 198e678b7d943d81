import { Button } from '@utrecht/component-library-react';
import { useEffect, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import { isGone } from '../../api/problem';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';
import { TenMinutes } from '../ten-minutes/TenMinutes';
import { NotReady } from './LookBack';
import { type OnRecording, WithRecording } from './WithRecording';

function TenMinutesOn({ recordingId, player, writing, filling, keeper, onSeen, onGone }: OnRecording) {
  const { t } = useTranslation(['lookBack', 'app']);
  const { data, error, refetch } = api.useQuery('get', '/recordings/{recordingId}', {
    params: { path: { recordingId } },
  });
  const gone = error !== null && isGone(error);
  // Before the next paint: no frame of a film that is gone.
  useLayoutEffect(() => {
    if (gone) onGone();
  }, [gone, onGone]);
  useEffect(() => {
    if (!data) return;
    onSeen();
    if (data.durationMs !== undefined) player.setKnownDuration(data.durationMs);
  }, [data, onSeen, player]);
  if (gone) return null;
  const watchable = data?.state === 'ready' && data.can.watch;
  return (
    <Page
      title={t('tenMinutes.title')}
      lead={t('tenMinutes.lead')}
      actions={
        <Link className="utrecht-link utrecht-link--html-a vs-page-link" to={`/opnames/${recordingId}`}>
          {t('tenMinutes.toWorkspace')}
        </Link>
      }
    >
      {!data && !error && <Placeholder size="page" />}
      {!data && error && (
        <ErrorMessage error={error}>
          <Button appearance="secondary-action-button" onClick={() => void refetch()}>
            {t('app:tryAgain')}
          </Button>
        </ErrorMessage>
      )}
      {data && !watchable && <NotReady recording={data} filling={filling} />}
      {data && watchable && <TenMinutes recording={data} player={player} writing={writing} keeper={keeper} />}
    </Page>
  );
}

export function TenMinutesPage() {
  const { t } = useTranslation('lookBack');
  const { recordingId = '' } = useParams();
  return (
    <WithRecording key={recordingId} recordingId={recordingId} title={t('tenMinutes.title')}>
      {(on) => <TenMinutesOn {...on} />}
    </WithRecording>
  );
}
