import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { AskFirst } from '../../ui/AskFirst';

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
    <AskFirst
      title={t(ready && !plain ? 'erase.title' : 'erase.brokenTitle')}
      yes={t('erase.confirm')}
      no={t('erase.keep')}
      danger
      busy={erase.isPending}
      error={erase.error}
      onYes={() => erase.mutate({ params: { path: { recordingId } } })}
      onClose={onClose}
    >
      <Paragraph>{t('erase.goes')}</Paragraph>
      {ready && <Paragraph>{t('erase.only')}</Paragraph>}
      <Paragraph>{t('erase.stays')}</Paragraph>
      {ready && <Paragraph>{t('erase.staysYours')}</Paragraph>}
      <Paragraph>{t('erase.forever')}</Paragraph>
    </AskFirst>
  );
}
