import { Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import { OneOf } from '../../ui/OneOf';
import { SelectField } from '../../ui/SelectField';
import { Step } from '../../ui/Step';
import { RHYTHM, SERIES } from './planForm';
import type { PlanPart } from './planPart';

function SeriesFields({ form, onChange }: Pick<PlanPart, 'form' | 'onChange'>) {
  const { t } = useTranslation('sessions');
  return (
    <div className="vs-pair">
      <SelectField
        label={t('form.when.rounds')}
        options={SERIES.map((rounds) => [String(rounds), t('form.when.roundsTimes', { rounds })] as const)}
        value={String(form.rounds)}
        onChange={(rounds) => onChange({ rounds: Number(rounds) })}
      />
      <SelectField
        label={t('form.when.rhythm')}
        options={RHYTHM.map((weeks) => [String(weeks), t(`form.when.weeks.${weeks}`)] as const)}
        value={String(form.weeks)}
        onChange={(weeks) => onChange({ weeks: Number(weeks) })}
      />
    </div>
  );
}

interface PlanWhenProps extends PlanPart {
  /** Whether a series can be chosen: when the session is made, not later. */
  canRepeat: boolean;
}

/** 4. When, how often, where, and whether a clock runs. */
export function PlanWhen({ form, faults, refused, onChange, canRepeat }: PlanWhenProps) {
  const { t } = useTranslation('sessions');
  const fault = faults.find((code) => code === 'startsAt' || code === 'startsAtSeries');
  return (
    <Step number={4} title={t('form.when.title')}>
      <div className="vs-form">
        {canRepeat && (
          <OneOf
            name="often"
            legend={t('form.when.often')}
            options={[
              ['once', t('form.when.once')],
              ['series', t('form.when.series')],
            ]}
            value={form.series ? 'series' : 'once'}
            missing={false}
            onChange={(value) => onChange({ series: value === 'series' })}
          />
        )}
        {form.series && <SeriesFields form={form} onChange={onChange} />}
        <Field
          label={t(form.series ? 'form.when.startsAtSeries' : 'form.when.startsAt')}
          hint={form.series ? undefined : t('form.when.startsAtHint')}
          error={fault ? t(`form.missing.${fault}`) : refused.startsAt}
        >
          {(control) => (
            <Textbox
              {...control}
              type="datetime-local"
              value={form.startsAt}
              onChange={(event) => onChange({ startsAt: event.target.value })}
            />
          )}
        </Field>
        <OneOf
          name="place"
          legend={t('form.when.place')}
          options={[
            ['distance', t('form.when.distance')],
            ['room', t('form.when.room')],
          ]}
          value={form.place}
          missing={false}
          onChange={(value) => onChange({ place: value === 'room' ? 'room' : 'distance' })}
        />
        <div>
          <label className="vs-check">
            <input
              type="checkbox"
              checked={form.clock}
              aria-describedby="session-clock-hint"
              onChange={(event) => onChange({ clock: event.target.checked })}
            />
            {t('form.when.clock')}
          </label>
          <p id="session-clock-hint" className="vs-subtle">
            {t('form.when.clockHint')}
          </p>
        </div>
      </div>
    </Step>
  );
}
