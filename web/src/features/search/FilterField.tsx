import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './useFilter';

interface FilterFieldProps {
  filter: Filter;
  fieldRef: RefObject<HTMLInputElement>;
}

/** Filters the notes of this film while one types. Esc clears it, and then leaves it. */
export function FilterField({ filter, fieldRef }: FilterFieldProps) {
  const { t } = useTranslation('search');
  return (
    <div className="vs-filter">
      <input
        ref={fieldRef}
        type="search"
        className="utrecht-textbox utrecht-textbox--html-input"
        aria-label={t('filter')}
        placeholder={t('filter')}
        autoComplete="off"
        maxLength={200}
        value={filter.query}
        onChange={(event) => filter.setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (filter.query === '') event.currentTarget.blur();
          else filter.setQuery('');
        }}
      />
    </div>
  );
}
