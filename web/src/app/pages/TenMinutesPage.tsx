import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';
import { TenMinutes } from '../ten-minutes/TenMinutes';
import { NotReady } from './LookBack';
import { useRecording } from './useRecording';
import { type OnRecording, WithRecording } from './WithRecording';

function TenMinutesOn(on: OnRecording) {
  const { recordingId, player, writing, filling, keeper } = on;
  const { t } = useTranslation('lookBack');
  const { data, error, refetch, gone } = useRecording(on);
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
      {!data && error && <ErrorMessage error={error} again={refetch} />}
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
