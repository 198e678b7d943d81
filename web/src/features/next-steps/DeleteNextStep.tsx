import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { NextStep } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import type { NextStepActions } from './useNextSteps';

interface DeleteNextStepProps {
  step: NextStep;
  actions: NextStepActions;
  onDeleted: () => void;
  onClose: () => void;
}

/** Its key is destroyed at once, so there is no undoing: it asks first. */
export function DeleteNextStep({ step, actions, onDeleted, onClose }: DeleteNextStepProps) {
  const { t } = useTranslation(['nextSteps', 'app']);
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const remove = () =>
    void save(
      () => actions.remove(step),
      () => {
        announce(t('said.deleted'));
        onDeleted();
      },
    );
  return (
    <Dialog title={t('deleting.title')} onClose={onClose}>
      <Paragraph>{step.text}</Paragraph>
      <Paragraph>{t('deleting.forever')}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" hint="danger" disabled={saving} onClick={remove}>
          {t('deleting.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('deleting.keep')}
        </Button>
      </div>
    </Dialog>
  );
}
