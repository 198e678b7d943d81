import { Button, Textarea } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import { toApiError } from '../../api/problem';
import { Field } from '../../ui/Field';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';

const MAX_INSIGHT = 2000;

interface InsightFormProps {
  text: string;
  /** Rejects with an ApiError when it is not kept. */
  onKeep: (text: string) => Promise<void>;
}

/** What an owner takes along, in their own words. It can be changed as often as one likes. */
export function InsightForm({ text: kept, onKeep }: InsightFormProps) {
  const { t } = useTranslation('afterSession');
  const { t: problems } = useTranslation('problems');
  const announce = useAnnounce();
  const [text, setText] = useState(kept);
  const { saving, error, save } = useSaving();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving)
      void save(
        () => onKeep(text.trim()),
        () => announce(t('insight.kept')),
      );
  };
  const isKept = kept !== '' && text.trim() === kept && error === null;
  return (
    <form autoComplete="off" className="vs-calm-form vs-insight" onSubmit={submit} noValidate>
      <Field label={t('insight.label')} hint={t('insight.hint')} error={faultTexts(problems, error).text}>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={MAX_INSIGHT}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {error !== null && toApiError(error).faults.length === 0 && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="secondary-action-button" type="submit" disabled={saving || text.trim() === ''}>
          {t('insight.keep')}
        </Button>
        {isKept && <span className="vs-subtle">{t('insight.kept')}</span>}
      </div>
    </form>
  );
}
