import { useTranslation } from 'react-i18next';
import { split } from './split';
import { useNextSteps } from './useNextSteps';

/** The newest open one, in one line, where a new conversation begins. */
export function OpenStep({ note }: { note?: string }) {
  const { t } = useTranslation('nextSteps');
  const { data } = useNextSteps();
  const newest = split(data?.items ?? []).open[0];
  if (!newest) return null;
  return (
    <p className="vs-open-step">
      {t('wanted', { text: newest.text })}
      {note && <span className="vs-subtle"> {note}</span>}
    </p>
  );
}
