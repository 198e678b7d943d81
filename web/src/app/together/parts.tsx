import { useMemo } from 'react';
import { Composer } from '../../features/session-run/Composer';
import { Contributions } from '../../features/session-run/Contributions';
import { ReadyButton } from '../../features/session-run/ReadyButton';
import { stepOf } from '../../features/session-run/steps';
import type { Contribution, Session } from '../../features/session-run/types';
import type { Sitting } from '../../features/session-run/useSitting';
import type { Writing } from '../../features/session-run/useWriting';
import type { Place } from '../../features/session-run/where';
import { useText } from '../../features/session-run/words';

interface WriteProps {
  session: Session;
  sitting: Sitting;
  writing: Writing;
  place: Place | undefined;
}

/** Writing along, as this step allows; nothing can be written where the last recording is gone. */
export function Write({ session, sitting, writing, place }: WriteProps) {
  const text = useText();
  const step = stepOf(session.protocol, session.step);
  const { contributing } = sitting;
  if (session.emptied) return null;
  const { posts } = session.me;
  // The sentence is for who only listens, and for who writes as the others do while everyone writes.
  const everyoneWrites = step !== undefined && Object.values(step.posts).every((kinds) => kinds.length > 0);
  const asOthers = step?.posts.participant.every((kind) => posts.includes(kind));
  const reason =
    step && (posts.length === 0 || (everyoneWrites && asOthers)) ? text(step.refused) : undefined;
  return (
    <Composer
      writing={writing}
      posts={posts}
      reason={reason}
      place={place}
      saving={contributing.saving}
      error={contributing.error}
      onSave={contributing.save}
      onCancel={contributing.cancel}
    />
  );
}

/** "Ik ben klaar", while the session runs. */
export function Ready({ session, sitting }: { session: Session; sitting: Sitting }) {
  if (session.step < 0 || session.emptied) return null;
  const { mutate, isPending } = sitting.ready;
  return <ReadyButton ready={session.me.ready} saving={isPending} onReady={mutate} />;
}

interface WrittenProps {
  session: Session;
  sitting: Sitting;
  writing: Writing;
  meId: string | undefined;
  currentId: string | null;
  place: Place | undefined;
  /** Goes to its moment, for who moves the film. */
  onGo?: ((item: Contribution) => void) | undefined;
}

/** What was written, with what one can do to one's own. */
export function Written({ session, sitting, writing, meId, currentId, place, onGo }: WrittenProps) {
  const { items, appearing, contributing } = sitting;
  const answers = session.me.posts.includes('answer');
  const shown = useMemo(
    () =>
      ({ n, startMs, endMs }: Contribution) => {
        if (!place || n !== place.n || startMs === undefined) return undefined;
        return { fromMs: place.shown(startMs), ...(endMs !== undefined && { toMs: place.shown(endMs) }) };
      },
    [place],
  );
  if (session.emptied) return null;
  return (
    <Contributions
      session={session}
      items={items}
      meId={meId}
      currentId={currentId}
      appearing={appearing}
      shown={shown}
      onGo={onGo}
      onEdit={(item) => writing.edit(item, place)}
      onAnswer={answers ? writing.answer : undefined}
      onDelete={(item) => contributing.remove(item)}
    />
  );
}
