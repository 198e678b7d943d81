import { useTranslation } from 'react-i18next';
import type { Moments } from './useMoments';

/** A row of moments under the film, each with its key. */
export function MomentBar({ moments: { choices, mark } }: { moments: Moments }) {
  const { t } = useTranslation('annotations');
  if (choices.length === 0) return null;
  return (
    <fieldset className="vs-moments" aria-label={t('moments.label')}>
      {choices.map((choice, i) => (
        <button
          key={choice.code}
          type="button"
          className="vs-moment"
          aria-keyshortcuts={String(i + 1)}
          onClick={() => mark(choice)}
        >
          <span className="vs-moment__key" aria-hidden="true">
            {i + 1}
          </span>
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
