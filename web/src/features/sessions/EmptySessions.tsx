import { useTranslation } from 'react-i18next';
import { SessionPicture } from './SessionPicture';

const steps = ['question', 'people', 'fragments'] as const;

/** How it goes, for who has no session yet. */
export function EmptySessions() {
  const { t } = useTranslation('sessions');
  return (
    <ol className="vs-three-steps">
      {steps.map((step) => (
        <li key={step}>
          <SessionPicture of={step} />
          <h2>{t(`empty.${step}.title`)}</h2>
          <p>{t(`empty.${step}.body`)}</p>
        </li>
      ))}
    </ol>
  );
}
