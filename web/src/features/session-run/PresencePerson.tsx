import { useTranslation } from 'react-i18next';
import type { Listed, Where } from './presence';

const wheres = ['here', 'away', 'paper'] as const;

interface PresencePersonProps {
  person: Listed;
  where: Where | undefined;
  spoken: boolean;
  onWhere: (where: Where) => void;
  onSpoken: (yes: boolean) => void;
}

/** Someone on the presence list: there, not there, or on paper; and their yes to the agreement. */
export function PresencePerson({ person, where, spoken, onWhere, onSpoken }: PresencePersonProps) {
  const { t } = useTranslation('sessionRun');
  const { id, name, agreed } = person;
  return (
    <li className="vs-presence__person">
      <fieldset className="vs-presence__choice">
        <legend className="vs-presence__name">{name}</legend>
        {wheres.map((value) => (
          <label key={value} className="vs-chip">
            <input
              type="radio"
              name={`where-${id}`}
              checked={where === value}
              onChange={() => onWhere(value)}
            />
            {t(`room.is.${value}`)}
          </label>
        ))}
      </fieldset>
      {agreed && <p className="vs-subtle">{t('room.agreed')}</p>}
      {!agreed && where !== undefined && where !== 'away' && (
        <label className="vs-check">
          <input type="checkbox" checked={spoken} onChange={(event) => onSpoken(event.target.checked)} />
          {t('room.spoken', { name })}
        </label>
      )}
    </li>
  );
}
