import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { PRE_ROLL_MS } from '../workspace/NoteNow';
import { LookBack } from './LookBack';
import { WithRecording } from './WithRecording';

/** The place that an address names (ms from the film's start), with what led to it. */
function placeIn(t: string | null): number | undefined {
  return t !== null && /^\d{1,9}$/.test(t) ? Math.max(1, Number(t) - PRE_ROLL_MS) : undefined;
}

/** Looking back on one film. */
export function LookBackPage() {
  const { t } = useTranslation('recording');
  const { recordingId = '' } = useParams();
  const [searchParams] = useSearchParams();
  const startMs = placeIn(searchParams.get('t'));
  return (
    <WithRecording key={recordingId} recordingId={recordingId} title={t('title')} startMs={startMs}>
      {(on) => <LookBack {...on} />}
    </WithRecording>
  );
}
