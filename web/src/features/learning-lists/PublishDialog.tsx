import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst';
import { useSaving } from '../../ui/useSaving';
import type { ListKind } from './draft';

interface PublishDialogProps {
  kind: ListKind;
  /** Rejects with what went wrong and can be tried again. */
  onPublish: () => Promise<void>;
  onClose: () => void;
}

/** What publishing means, before it is done. */
export function PublishDialog({ kind, onPublish, onClose }: PublishDialogProps) {
  const { t } = useTranslation('learningLists');
  const { saving, error, save } = useSaving();
  return (
    <AskFirst
      title={t('publish.title')}
      yes={t('publish.confirm')}
      busy={saving}
      error={error}
      onYes={() => void save(onPublish, onClose)}
      onClose={onClose}
    >
      <Paragraph>{t('publish.everyone')}</Paragraph>
      <Paragraph>{t(`${kind}.stays`)}</Paragraph>
    </AskFirst>
  );
}
