import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StepClock } from './StepClock';
import { askedOf, stepOf } from './steps';
import type { Session } from './types';
import { useText } from './words';

interface AskedProps {
  session: Session;
  /** What stands beside it. */
  children?: ReactNode;
}

/** What is asked of oneself now, in one sentence; whoever owns and leads reads both. */
export function Asked({ session, children }: AskedProps) {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  const minutes = stepOf(session.protocol, session.step)?.minutes;
  // Without a recording there is nothing to write with: one goes on talking.
  const sentences = session.emptied ? [t('closed.writing')] : askedOf(session).map(text);
  const clock = session.clock && session.stepBeganAt !== undefined && minutes !== undefined;
  return (
    <section className="vs-asked" aria-label={t('asked')}>
      <div>
        <p className="vs-asked__label">{t('asked')}</p>
        {sentences.map((sentence) => (
          <p key={sentence} className="vs-asked__sentence">
            {sentence}
          </p>
        ))}
      </div>
      {clock && <StepClock key={session.step} began={session.stepBeganAt ?? ''} minutes={minutes} />}
      {children}
    </section>
  );
}
