import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';

interface LeaveDialogProps {
  onLeave: () => void;
  onStay: () => void;
}

/** Before changes that were not published are left behind. */
export function LeaveDialog({ onLeave, onStay }: LeaveDialogProps) {
  const { t } = useTranslation('learningLists');
  return (
    <Dialog title={t('leave.title')} onClose={onStay}>
      <Paragraph>{t('leave.explain')}</Paragraph>
      <div className="vs-actions">
        <Button appearance="primary-action-button" onClick={onStay}>
          {t('leave.stay')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onLeave}>
          {t('leave.leave')}
        </Button>
      </div>
    </Dialog>
  );
}
