import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participation, ParticipationChoice } from '../../api/types';
import { useDates } from '../../time/useDates';
import { LongerForm } from './LongerForm';

interface GivenFormProps {
  participation: Participation;
  busy: boolean;
  onChoose: (choice: ParticipationChoice) => void;
}

/** What one allowed, and taking it back: less, on hold, or all of it erased. */
export function GivenForm({ participation, busy, onChoose }: GivenFormProps) {
  const { t } = useTranslation('roster');
  const dates = useDates();
  const [sure, setSure] = useState(false);
  const { state, scopes, pausedUntil, longer } = participation;
  const settled = state === 'given' || state === 'paused';
  return (
    <div className="vs-form">
      <Paragraph>{t(`mine.state.${state}`)}</Paragraph>
      {pausedUntil && <Paragraph>{t('mine.until', { moment: dates.moment(pausedUntil) })}</Paragraph>}
      {longer && <LongerForm longer={longer} busy={busy} onChoose={onChoose} />}
      {scopes.map((scope) => (
        <div key={scope} className="vs-actions">
          <span>{t(`answer.scope.${scope}`)}</span>
          <Button
            appearance="secondary-action-button"
            disabled={busy}
            onClick={() => onChoose({ choice: 'narrow', scopes: scopes.filter((one) => one !== scope) })}
          >
            {t(`mine.less.${scope}`)}
          </Button>
        </div>
      ))}
      {settled && (
        <div className="vs-actions">
          <Button
            appearance="secondary-action-button"
            disabled={busy}
            onClick={() => onChoose({ choice: state === 'paused' ? 'resume' : 'pause' })}
          >
            {t(state === 'paused' ? 'mine.resume' : 'mine.pause')}
          </Button>
        </div>
      )}
      <section>
        <h2 className="utrecht-heading-3">{t('mine.erase')}</h2>
        <label className="vs-check">
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
          {t('mine.sure')}
        </label>
        <div className="vs-actions">
          <Button
            appearance="secondary-action-button"
            disabled={busy || !sure}
            onClick={() => onChoose({ choice: 'withdraw', confirm: true })}
          >
            {t('mine.erase')}
          </Button>
        </div>
      </section>
    </div>
  );
}
