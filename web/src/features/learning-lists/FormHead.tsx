import { Heading2 } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { ListDraft } from './draft';
import { LabelFields } from './LabelFields';

interface FormHeadProps {
  draft: ListDraft;
  fault: (field: string) => string | undefined;
  onChange: (draft: ListDraft) => void;
}

/** What a form is called, what it says first, and whether it can still be begun. */
export function FormHead({ draft, fault, onChange }: FormHeadProps) {
  const { t } = useTranslation('learningLists');
  return (
    <section className="vs-section vs-form-head">
      <Heading2>{t('form.head')}</Heading2>
      <LabelFields
        name={t('form.title')}
        field="title"
        value={draft.title}
        fault={fault}
        onChange={(title) => onChange({ ...draft, title })}
      />
      <LabelFields
        name={t('form.lead')}
        field="lead"
        value={draft.lead}
        fault={fault}
        long
        onChange={(lead) => onChange({ ...draft, lead })}
      />
      <label className="vs-check">
        <input
          type="checkbox"
          checked={draft.current}
          onChange={({ target }) => onChange({ ...draft, current: target.checked })}
        />
        {t('form.current')}
      </label>
    </section>
  );
}
