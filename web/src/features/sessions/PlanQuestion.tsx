import { Textarea, Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import { Step } from '../../ui/Step';
import type { PlanPart } from './planPart';

const QUESTION_MAX = 300;
const TITLE_MAX = 120;

/** 1. What one wants to learn, in one's own words. */
export function PlanQuestion({ form, faults, refused, onChange }: PlanPart) {
  const { t } = useTranslation('sessions');
  return (
    <Step number={1} title={t('form.question.title')}>
      <div className="vs-form">
        <Field
          label={t('form.question.label')}
          hint={t('form.question.hint')}
          error={faults.includes('question') ? t('form.missing.question') : refused.learningQuestion}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={QUESTION_MAX}
              value={form.learningQuestion}
              onChange={(event) =>
                onChange({ learningQuestion: event.target.value.replace(/\s*\n\s*/g, ' ') })
              }
            />
          )}
        </Field>
        <Field
          label={t('form.question.name')}
          hint={t('form.question.nameHint')}
          error={faults.includes('name') ? t('form.missing.name') : refused.title}
        >
          {(control) => (
            <Textbox
              {...control}
              maxLength={TITLE_MAX}
              autoComplete="off"
              value={form.title}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Step>
  );
}
