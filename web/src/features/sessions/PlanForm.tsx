import { Button } from '@utrecht/component-library-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import type { Person } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { Step } from '../../ui/Step';
import { PlanError } from './PlanError';
import { PlanPeople } from './PlanPeople';
import { PlanQuestion } from './PlanQuestion';
import { PlanWhen } from './PlanWhen';
import { type PlanForm as Form, planFaults, settled } from './planForm';
import type { Protocol } from './types';

interface ProtocolField {
  protocols: readonly Protocol[];
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
}

interface PlanFormProps {
  first: Form;
  protocols: readonly Protocol[];
  people: readonly Person[];
  selfId: string;
  /** How the protocols are shown to choose from. */
  choice: (field: ProtocolField) => ReactNode;
  /** Whether it is a new one: only then a series can be made. */
  isNew: boolean;
  saving: boolean;
  error: unknown;
  onSave: (form: Form) => void;
}

/** The whole plan of a session on one page, in four steps that are all there at once. */
export function PlanForm(props: PlanFormProps) {
  const { first, protocols, people, selfId, choice, isNew, saving, error, onSave } = props;
  const { t } = useTranslation('sessions');
  const { t: problems } = useTranslation('problems');
  const announce = useAnnounce();
  const element = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState(first);
  const [checked, setChecked] = useState(false);
  const protocol = protocols.find(({ id }) => id === form.protocol);
  const others = people.filter(({ id }) => id !== selfId);
  const plan = protocol ? settled(form, protocol, others) : form;
  const missing = planFaults(plan, protocol);
  const faults = checked ? missing : [];
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const part = { form, faults, refused: faultTexts(problems, error), onChange: change };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (missing.length === 0) return onSave(plan);
    announce(t('form.check'));
    // After the render that marks what is missing.
    requestAnimationFrame(() => firstWrong(element.current)?.focus());
  };
  return (
    <form autoComplete="off" ref={element} onSubmit={submit} noValidate>
      <PlanQuestion {...part} />
      <Step number={2} title={t('form.protocol.title')}>
        {choice({
          protocols,
          value: form.protocol,
          error: faults.includes('protocol') ? t('form.protocol.missing') : undefined,
          onChange: (id) => change({ protocol: id }),
        })}
      </Step>
      <PlanPeople {...part} people={others} protocol={protocol} />
      <PlanWhen {...part} canRepeat={isNew} />
      {error !== null && <PlanError error={error} />}
      {isNew && <p className="vs-subtle">{t('form.saveHint')}</p>}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t(isNew ? 'form.save' : 'form.saveChange')}
        </Button>
      </div>
    </form>
  );
}

/** The first field with an error; of a group of choices its first one. */
function firstWrong(form: HTMLFormElement | null): HTMLElement | null {
  const invalid = form?.querySelector<HTMLElement>(
    '.utrecht-form-field--invalid :is(input, textarea, select), .vs-fieldset:has(> .utrecht-form-field-error-message) input',
  );
  return invalid ?? null;
}
