import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { ActionLink } from '../../ui/ActionLink';
import { Message } from '../../ui/Message';

interface RecordingLineProps {
  recording: Recording;
  /** What one may do first, before looking back at length. */
  first?: ReactNode;
}

/** A film of this conversation: on its way, being checked, or ready to look back on. */
export function RecordingLine({ recording, first }: RecordingLineProps) {
  const { t } = useTranslation('upload');
  if (recording.state === 'uploading') return null; // said by Unfinished or Progress
  if (recording.state === 'failed') {
    return <Message type="error">{t(`failure.${recording.failure ?? 'unreadable'}`)}</Message>;
  }
  if (recording.waiting) return null; // step 2 says why
  if (recording.paused) return <Message type="info">{t('paused')}</Message>;
  if (recording.state === 'processing') return <Message type="info">{t('processing')}</Message>;
  return (
    <div className="vs-ready-film">
      <p>
        {recording.durationMs === undefined
          ? t('ready')
          : t('readyWithLength', { length: formatTimecode(recording.durationMs) })}
      </p>
      <div className="vs-actions">
        {first}
        <ActionLink to={`/opnames/${recording.id}`} appearance="secondary-action">
          {t('lookBack')}
        </ActionLink>
      </div>
    </div>
  );
}
