import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { Participation, ParticipationChoice } from '../../api/types';
import { useDates } from '../../time/useDates';

interface LongerFormProps {
  longer: NonNullable<Participation['longer']>;
  busy: boolean;
  onChoose: (choice: ParticipationChoice) => void;
}

/** Whether it may be kept longer: two buttons that weigh the same. */
export function LongerForm({ longer, busy, onChoose }: LongerFormProps) {
  const { t } = useTranslation('roster');
  const dates = useDates();
  const { until, answered } = longer;
  return (
    <section>
      <h2 className="utrecht-heading-3">{t('longer.mine', { moment: dates.moment(until) })}</h2>
      <Paragraph>{t(answered ? 'longer.mineSaid' : 'longer.mineFree')}</Paragraph>
      <div className="vs-actions">
        {!answered && (
          <Button
            appearance="secondary-action-button"
            disabled={busy}
            onClick={() => onChoose({ choice: 'longer', until })}
          >
            {t('longer.mineYes')}
          </Button>
        )}
        <Button
          appearance="secondary-action-button"
          disabled={busy}
          onClick={() => onChoose({ choice: 'not_longer' })}
        >
          {t('longer.mineNo')}
        </Button>
      </div>
    </section>
  );
}
