import { useTranslation } from 'react-i18next';
import { StepPicture } from './StepPicture';

const steps = ['table', 'yes', 'film'] as const;

/** Nothing yet: how it goes, in three pictures. */
export function EmptyConversations() {
  const { t } = useTranslation('conversations');
  return (
    <ol className="vs-three-steps">
      {steps.map((step) => (
        <li key={step}>
          <StepPicture step={step} />
          <h2>{t(`empty.${step}.title`)}</h2>
          <p>{t(`empty.${step}.body`)}</p>
        </li>
      ))}
    </ol>
  );
}
