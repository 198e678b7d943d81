import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { Message } from '../../ui/Message';
import type { Chosen } from './useChosenFile';

function percentOf({ receivedBytes, sizeBytes }: Recording): number {
  return sizeBytes > 0 ? Math.floor((receivedBytes / sizeBytes) * 100) : 0;
}

/** "We waren op 40 %": said before a file is chosen. */
export function UnfinishedNotice({ recording }: { recording: Recording }) {
  const { t } = useTranslation('upload');
  return (
    <Message type="info">
      <Paragraph>{t('unfinished', { percent: percentOf(recording) })}</Paragraph>
    </Message>
  );
}

interface OtherFileProps {
  chosen: Chosen;
  onChooseAgain: () => void;
  onStartAnew: () => void;
  busy: boolean;
}

/** The chosen file is not the one that was on its way. */
export function OtherFile({ chosen, onChooseAgain, onStartAnew, busy }: OtherFileProps) {
  const { t } = useTranslation('upload');
  return (
    <Message type="warning">
      <Paragraph>{t('differentFile', { name: chosen.file.name })}</Paragraph>
      <div className="vs-actions">
        <Button appearance="primary-action-button" onClick={onChooseAgain}>
          {t('chooseAgain')}
        </Button>
        <Button appearance="secondary-action-button" disabled={busy} onClick={onStartAnew}>
          {t('startAnew')}
        </Button>
      </div>
    </Message>
  );
}
