import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';

interface DeleteFormProps {
  title: string;
  onDelete: () => Promise<void>;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteForm({ title, onDelete, onDeleted, onClose }: DeleteFormProps) {
  const { t } = useTranslation(['forms', 'app']);
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const deleted = () => {
    announce(t('delete.done'));
    onDeleted();
  };
  return (
    <Dialog title={t('delete.title', { title })} onClose={onClose}>
      <Paragraph>{t('delete.explain')}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          hint="danger"
          disabled={saving}
          onClick={() => void save(onDelete, deleted)}
        >
          {t('delete.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </Dialog>
  );
}
