import { useTranslation } from 'react-i18next';
import type { Person } from '../../api/types';
import { SelectField } from '../../ui/SelectField';
import { Step } from '../../ui/Step';
import { isForTwo, leadersOf } from './planForm';
import type { PlanPart } from './planPart';
import type { Protocol } from './types';

interface PlanPeopleProps extends PlanPart {
  /** Without the maker, who is in the session anyway. */
  people: readonly Person[];
  protocol: Protocol | undefined;
}

function Colleagues({ people, form, onChange }: Pick<PlanPeopleProps, 'people' | 'form' | 'onChange'>) {
  const toggle = (id: string, chosen: boolean) => {
    const participantIds = chosen
      ? [...form.participantIds, id]
      : form.participantIds.filter((other) => other !== id);
    // Who is not in the session does not lead it.
    onChange({ participantIds, ...(form.facilitatorId === id && !chosen && { facilitatorId: '' }) });
  };
  return (
    <div className="vs-choices">
      {people.map(({ id, name }) => (
        <label key={id} className="vs-check vs-check--person">
          <input
            type="checkbox"
            checked={form.participantIds.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          {name}
        </label>
      ))}
    </div>
  );
}

/** The sentence on how many people the protocol is for. */
function Fit({ protocol }: { protocol: Protocol }) {
  const { t } = useTranslation('sessions');
  const { min, max } = protocol.people;
  const text = isForTwo(protocol) ? 'fitTwo' : min === max ? 'fitOne' : 'fit';
  return <p className="utrecht-form-field-description">{t(`form.people.${text}`, { min, max })}</p>;
}

function LeaderField({ people, form, faults, protocol, onChange }: PlanPeopleProps) {
  const { t } = useTranslation('sessions');
  const coachOnly = protocol?.leader === 'coach';
  const { peers, coaches } = leadersOf(form, protocol, people);
  const asked = coaches.find(({ id }) => id === form.facilitatorId);
  const choose = coachOnly && !asked && t('form.people.coachOnly');
  const fault = faults.includes('coach');
  return (
    <SelectField
      label={t('form.people.leader')}
      hint={asked ? t('form.people.asks', { name: asked.name }) : !fault && choose}
      error={fault && choose}
      options={[
        ['', t(coachOnly ? 'form.people.chooseCoach' : 'form.people.self')],
        ...peers.map(({ id, name }) => [id, name] as const),
        ...coaches.map(({ id, name }) => [id, t('form.people.coach', { name })] as const),
      ]}
      value={[...peers, ...coaches].some(({ id }) => id === form.facilitatorId) ? form.facilitatorId : ''}
      onChange={(facilitatorId) => onChange({ facilitatorId })}
    />
  );
}

/** 3. Who look along, and who leads: a coach is asked. */
export function PlanPeople(props: PlanPeopleProps) {
  const { t } = useTranslation('sessions');
  const { form, people, protocol } = props;
  const colleagues = people.filter(
    ({ id, roles, joinsSessions }) =>
      form.participantIds.includes(id) || (joinsSessions && roles.includes('klantmanager')),
  );
  return (
    <Step number={3} title={t('form.people.title')}>
      <div className="vs-form">
        {protocol && isForTwo(protocol) ? (
          <Fit protocol={protocol} />
        ) : (
          <fieldset className="vs-fieldset">
            <legend className="vs-fieldset__legend">{t('form.people.participants')}</legend>
            {protocol && <Fit protocol={protocol} />}
            {colleagues.length === 0 && <p>{t('form.people.noOne')}</p>}
            <Colleagues {...props} people={colleagues} />
          </fieldset>
        )}
        <LeaderField {...props} />
        <p className="vs-subtle">{t('form.people.noEvaluator')}</p>
      </div>
    </Step>
  );
}
