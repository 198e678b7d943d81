import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

type StepState = 'done' | 'current' | 'later';

interface StepProps {
  number: number;
  title: string;
  /** Where one is; left out where all steps are filled in at once. */
  state?: StepState;
  children?: ReactNode;
}

/** One of the visible steps. State is told by words, not by colour alone. */
export function Step({ number, title, state, children }: StepProps) {
  const { t } = useTranslation('app');
  const id = useId();
  return (
    <section
      className={`vs-step vs-step--${state ?? 'current'}`}
      aria-labelledby={id}
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <div className="vs-step__head">
        <span className="vs-step__number" aria-hidden="true">
          {state === 'done' ? (
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
              <path d="m3.500 8.500 3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
          ) : (
            number
          )}
        </span>
        <h2 id={id} className="utrecht-heading-2">
          {title}
          {state && <span className="vs-visually-hidden">{t(`stepState.${state}`)}</span>}
        </h2>
      </div>
      {children && <div className="vs-step__body">{children}</div>}
    </section>
  );
}
