import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { LookBack } from './LookBack';
import { WithRecording } from './WithRecording';

/** Looking back on one film. */
export function LookBackPage() {
  const { t } = useTranslation('recording');
  const { recordingId = '' } = useParams();
  return (
    <WithRecording key={recordingId} recordingId={recordingId} title={t('title')}>
      {(on) => <LookBack {...on} />}
    </WithRecording>
  );
}
