import { useTranslation } from 'react-i18next';
import { Thread } from '../../features/after-session/Thread';
import { OpenStep } from '../../features/next-steps/OpenStep';
import type { Session } from '../../features/session-run/types';

interface FromBeforeProps {
  session: Session;
  /** A screen that everyone reads: nothing that is only for oneself. */
  forAll?: boolean;
}

/** A session opens with what was tried since the round before; and, for oneself alone, with one's own open step. */
export function FromBefore({ session, forAll = false }: FromBeforeProps) {
  const { t } = useTranslation('afterSession');
  if (session.step > 0) return null;
  return (
    <div className="vs-from-before">
      <Thread sessionId={session.id} />
      {!forAll && <OpenStep note={t('nextStep.onlyYou')} />}
    </div>
  );
}
