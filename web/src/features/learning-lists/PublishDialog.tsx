import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';
import type { ListKind } from './draft';

interface PublishDialogProps {
  kind: ListKind;
  /** Rejects with what went wrong and can be tried again. */
  onPublish: () => Promise<void>;
  onClose: () => void;
}

/** What publishing means, before it is done. */
export function PublishDialog({ kind, onPublish, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['learningLists', 'app']);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const publish = async () => {
    setBusy(true);
    try {
      await onPublish();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('publish.title')} onClose={onClose}>
      <Paragraph>{t('publish.everyone')}</Paragraph>
      <Paragraph>{t(`${kind}.stays`)}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" disabled={busy} onClick={() => void publish()}>
          {t('publish.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </Dialog>
  );
}
