import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { RegisterClosing } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';

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
  return (
    <AskFirst
      title={t(`propose.${closing.kind}.title`)}
      yes={t('closing.confirm')}
      no={t('app:cancel')}
      danger={closing.kind === 'revoked' || closing.kind === 'invalidated'}
      busy={confirm.isPending}
      error={confirm.error}
      onYes={() => confirm.mutate({ params: { path: { closingId: closing.id } } })}
      onClose={onClose}
    >
      <Paragraph>{t(`propose.${closing.kind}.what`)}</Paragraph>
      <Paragraph>{t('closing.sure')}</Paragraph>
    </AskFirst>
  );
}
