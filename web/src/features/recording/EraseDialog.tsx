import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';

interface EraseDialogProps {
  recordingId: string;
  /** Only a film that could be looked at takes its conversation along. */
  ready: boolean;
  plain: boolean;
  onErased: () => void;
  onClose: () => void;
}

/** Says what goes and what stays, before it goes. */
export function EraseDialog({ recordingId, ready, plain, onErased, onClose }: EraseDialogProps) {
  const { t } = useTranslation('recording');
  const erase = api.useMutation('delete', '/recordings/{recordingId}', { onSuccess: onErased });
  return (
    <Dialog title={t(ready && !plain ? 'erase.title' : 'erase.brokenTitle')} onClose={onClose}>
      <Paragraph>{t('erase.goes')}</Paragraph>
      {ready && <Paragraph>{t('erase.only')}</Paragraph>}
      <Paragraph>{t('erase.stays')}</Paragraph>
      {ready && <Paragraph>{t('erase.staysYours')}</Paragraph>}
      <Paragraph>{t('erase.forever')}</Paragraph>
      {erase.error && <ErrorMessage error={erase.error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          hint="danger"
          disabled={erase.isPending}
          onClick={() => erase.mutate({ params: { path: { recordingId } } })}
        >
          {t('erase.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('erase.keep')}
        </Button>
      </div>
    </Dialog>
  );
}
