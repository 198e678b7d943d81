import { Select, SelectOption } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import type { Draft } from './draft';
import { useLearned } from './useLearned';

interface TagFieldsProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Which moment it was, of the municipality's list. */
export function MarkerField({ draft, onChange }: TagFieldsProps) {
  const { t } = useTranslation('annotations');
  const { moments, momentOf } = useLearned();
  const { marker } = draft;
  const old = marker !== undefined && !moments.some(({ code }) => code === marker);
  return (
    <Field label={t('form.marker')}>
      {(control) => (
        <Select
          {...control}
          value={marker ?? ''}
          onChange={(event) => onChange({ ...draft, marker: event.target.value || undefined })}
        >
          {marker === undefined && <SelectOption value="">{t('form.noMarker')}</SelectOption>}
          {moments.map(({ code, label }) => (
            <SelectOption key={code} value={code}>
              {label}
            </SelectOption>
          ))}
          {old && <SelectOption value={marker}>{momentOf(marker)}</SelectOption>}
        </Select>
      )}
    </Field>
  );
}

/** The themes of a note, of the municipality's list; what an older note has beside them stays until it is taken off. */
export function TagFields({ draft, onChange }: TagFieldsProps) {
  const { t } = useTranslation('annotations');
  const { codes, tagOf } = useLearned();
  const [opened, setOpened] = useState(draft.tags.length > 0);
  const old = draft.tags.filter((tag) => !codes.some(({ code }) => code === tag));
  const choices = [...codes, ...old.map((tag) => ({ code: tag, label: tagOf(tag) }))];
  if (choices.length === 0) return null;
  const turn = (tag: string, on: boolean) => {
    const others = draft.tags.filter((other) => other !== tag);
    onChange({ ...draft, tags: on ? [...others, tag] : others });
  };
  return (
    <details className="vs-tags" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('form.tags')}</summary>
      <fieldset aria-label={t('form.tags')}>
        {choices.map(({ code, label }) => (
          <label key={code} className="vs-tag">
            <input
              type="checkbox"
              checked={draft.tags.includes(code)}
              onChange={(event) => turn(code, event.target.checked)}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
