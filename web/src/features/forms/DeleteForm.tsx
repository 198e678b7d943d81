import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst';
import { useAnnounce } from '../../ui/LiveRegion';
import { useSaving } from '../../ui/useSaving';

interface DeleteFormProps {
  title: string;
  onDelete: () => Promise<void>;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteForm({ title, onDelete, onDeleted, onClose }: DeleteFormProps) {
  const { t } = useTranslation('forms');
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const deleted = () => {
    announce(t('delete.done'));
    onDeleted();
  };
  return (
    <AskFirst
      title={t('delete.title', { title })}
      yes={t('delete.confirm')}
      danger
      busy={saving}
      error={error}
      onYes={() => void save(onDelete, deleted)}
      onClose={onClose}
    >
      <Paragraph>{t('delete.explain')}</Paragraph>
    </AskFirst>
  );
}
