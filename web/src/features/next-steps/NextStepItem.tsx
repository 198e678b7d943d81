import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NextStep, NextStepState } from '../../api/types';
import { useDates } from '../../time/useDates';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { DeleteNextStep } from './DeleteNextStep';
import { NEXT_STEPS } from './place';
import type { NextStepActions } from './useNextSteps';

/** What one can do next with a step, from the state it is in. */
const ways: Record<NextStepState, readonly NextStepState[]> = {
  open: ['tried', 'let_go'],
  tried: ['open'],
  let_go: ['open'],
};

interface NextStepItemProps {
  step: NextStep;
  actions: NextStepActions;
  onEdit: (step: NextStep) => void;
}

export function NextStepItem({ step, actions, onEdit }: NextStepItemProps) {
  const { t } = useTranslation(['nextSteps', 'app']);
  const dates = useDates();
  const announce = useAnnounce();
  const [deleting, setDeleting] = useState(false);
  const { saving, error, save } = useSaving();
  const move = (state: NextStepState) =>
    void save(
      () => actions.change(step, { state }),
      () => {
        announce(t(`said.${state}`));
        moveFocusTo(NEXT_STEPS);
      },
    );
  return (
    <li className="vs-next-step">
      <p className="vs-next-step__text">{step.text}</p>
      {step.insight && <p>{t('noticed', { text: step.insight })}</p>}
      {step.date && <p className="vs-subtle">{t('on', { day: dates.day(step.date) })}</p>}
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-next-step__actions">
        {ways[step.state].map((state) => (
          <Button
            key={state}
            appearance={state === 'tried' ? 'secondary-action-button' : 'subtle-button'}
            disabled={saving}
            aria-label={t(`to.${state}Of`, { text: step.text })}
            onClick={() => move(state)}
          >
            {t(`to.${state}`)}
          </Button>
        ))}
        <Button
          appearance="subtle-button"
          aria-label={t(step.state === 'tried' && !step.insight ? 'noticeOf' : 'changeOf', {
            text: step.text,
          })}
          onClick={() => onEdit(step)}
        >
          {t(step.state === 'tried' && !step.insight ? 'notice' : 'change')}
        </Button>
        <Button
          appearance="subtle-button"
          aria-label={t('deleteOf', { text: step.text })}
          onClick={() => setDeleting(true)}
        >
          {t('delete')}
        </Button>
      </div>
      {deleting && (
        <DeleteNextStep
          step={step}
          actions={actions}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            moveFocusTo(NEXT_STEPS);
          }}
        />
      )}
    </li>
  );
}
