import { useTranslation } from 'react-i18next';
import { StepClock } from './StepClock';
import { PREPARING, stepOf } from './steps';
import type { Session } from './types';
import { useText } from './words';

/** Whose case it is in this step: the owner of the chosen one, or of all there are; nobody by name where several are. */
function ownerName({ fragments, chosen }: Session): string | undefined {
  const about = fragments.filter(({ n, state }) =>
    chosen === undefined ? state !== 'closed' : n === chosen,
  );
  const [first] = about;
  return about.every(({ ownerId }) => ownerId === first?.ownerId) ? first?.ownerName : undefined;
}

/** What is asked of everyone in the room, big: of who brought the case, and of the others. */
export function RoomPrompt({ session }: { session: Session }) {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  const step = stepOf(session.protocol, session.step);
  if (!step || session.step === PREPARING) return null;
  const { owner, participant } = step.asks;
  const name = ownerName(session);
  const same = session.emptied || text(owner) === text(participant);
  const clock = session.clock && session.stepBeganAt !== undefined && step.minutes !== undefined;
  return (
    <div className="vs-room-prompt">
      {!same && (
        <p>
          <strong>{name === undefined ? t('room.owners') : t('room.ownerIs', { name })}</strong> {text(owner)}
        </p>
      )}
      <p>
        {!same && <strong>{t('room.others')}</strong>}{' '}
        {session.emptied ? t('closed.writing') : text(participant)}
      </p>
      {clock && (
        <StepClock key={session.step} began={session.stepBeganAt ?? ''} minutes={step.minutes ?? 0} />
      )}
    </div>
  );
}
