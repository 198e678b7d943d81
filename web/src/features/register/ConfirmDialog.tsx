import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { RegisterClosing } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';

interface ConfirmDialogProps {
  closing: RegisterClosing;
  onDone: (inForce: boolean) => void;
  onClose: () => void;
}

/** The second person reads what will happen before it does. */
export function ConfirmDialog({ closing, onDone, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation(['register', 'app']);
  const confirm = api.useMutation('post', '/register/closings/{closingId}/confirm', {
    onSuccess: ({ inForce }) => onDone(inForce),
  });
  const forever = closing.kind === 'revoked' || closing.kind === 'invalidated';
  return (
    <Dialog title={t(`propose.${closing.kind}.title`)} onClose={onClose}>
      <Paragraph>{t(`propose.${closing.kind}.what`)}</Paragraph>
      <Paragraph>{t('closing.sure')}</Paragraph>
      {confirm.error && <ErrorMessage error={confirm.error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          {...(forever && { hint: 'danger' as const })}
          disabled={confirm.isPending}
          onClick={() => confirm.mutate({ params: { path: { closingId: closing.id } } })}
        >
          {t('closing.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('app:cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
