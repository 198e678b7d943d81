import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { NextStep } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';
import { useAnnounce } from '../../ui/LiveRegion';
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
  const { t } = useTranslation('nextSteps');
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
    <AskFirst
      title={t('deleting.title')}
      yes={t('deleting.confirm')}
      no={t('deleting.keep')}
      danger
      busy={saving}
      error={error}
      onYes={remove}
      onClose={onClose}
    >
      <Paragraph>{step.text}</Paragraph>
      <Paragraph>{t('deleting.forever')}</Paragraph>
    </AskFirst>
  );
}
