import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { ParticipantRole } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';

const MAX_PEOPLE = 12;

/** Who needs more than a role (a representative, a colleague) is added on the conversation's own page. */
const roles: readonly ParticipantRole[] = ['citizen', 'partner', 'interpreter', 'companion'];

interface PeoplePickerProps {
  people: readonly ParticipantRole[];
  onChange: (people: ParticipantRole[]) => void;
  error?: string | undefined;
}

/** Who is at the table, by role: a name is never asked. */
export function PeoplePicker({ people, onChange, error }: PeoplePickerProps) {
  const { t } = useTranslation('conversations');
  const announce = useAnnounce();
  const add = (role: ParticipantRole) => {
    onChange([...people, role]);
    announce(t('people.added', { role: t(`roles.${role}`) }));
  };
  const remove = (index: number, role: ParticipantRole) => {
    onChange(people.filter((_, at) => at !== index));
    announce(t('people.removed', { role: t(`roles.${role}`) }));
  };
  return (
    <fieldset className="vs-fieldset">
      <legend className="vs-fieldset__legend">{t('people.legend')}</legend>
      <p className="utrecht-form-field-description">{t('people.hint')}</p>
      {error && <p className="utrecht-form-field-error-message">{error}</p>}
      <ul className="vs-table-guests">
        <li className="vs-guest vs-guest--self">{t('people.you')}</li>
        {people.map((role, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people of one role cannot be told apart, on purpose
          <li key={`${role}-${index}`} className="vs-guest">
            <span>{t(`roles.${role}`)}</span>
            <button
              type="button"
              className="vs-guest__remove"
              aria-label={t('people.remove', { role: t(`roles.${role}`) })}
              onClick={() => remove(index, role)}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.800" strokeLinecap="round" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
      <p className="vs-add-label" id="add-people">
        {t('people.add')}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset inside the fieldset would read both legends */}
      <div className="vs-add-people" role="group" aria-labelledby="add-people">
        {roles.map((role) => (
          <Button
            key={role}
            appearance="secondary-action-button"
            disabled={people.length >= MAX_PEOPLE}
            onClick={() => add(role)}
          >
            <span aria-hidden="true">+</span>
            {t(`roles.${role}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
