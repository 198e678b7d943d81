import type { ReactNode } from 'react';
import type { Annotation } from '../../api/types';
import { currentNote } from '../../features/annotations/current';
import type { Player } from '../../features/recording/player';
import { usePlayer } from '../../features/recording/usePlayer';

/** A little before a note, so that one sees what led to it. */
export const PRE_ROLL_MS = 3000;

interface NoteNowProps {
  player: Player;
  notes: readonly Annotation[] | undefined;
  /** The note one went to: it counts from its pre-roll on. */
  chosenId: string | null;
  children: (id: string | null) => ReactNode;
}

/** What shows the note of the moment. While the film plays only this is drawn again, and not the whole workspace. */
export function NoteNow({ player, notes = [], chosenId, children }: NoteNowProps) {
  const id = usePlayer(player, ({ positionMs }) => {
    const chosen = notes.find((note) => note.id === chosenId);
    const inPreRoll =
      chosen && positionMs >= chosen.startMs - PRE_ROLL_MS - 100 && positionMs <= chosen.startMs;
    return inPreRoll ? chosen.id : currentNote(notes, positionMs);
  });
  return children(id);
}
