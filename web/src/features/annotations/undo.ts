import { createContext, useContext } from 'react';

/** Something that was done at once and can be taken back. The texts hold no typed word: the bar outlives the notes. */
export interface Undoable {
  /** What was done: "Notitie verwijderd." */
  text: string;
  /** The button: "Zet terug". */
  label: string;
  /** Takes it back. Asked again when the answer got lost; rejects with an ApiError when the server refuses. */
  undo: () => Promise<void>;
  /** Said when it is taken back, and when it is too late for that. */
  done: string;
  late: string;
  /** Nobody took it back. */
  settle?: () => void;
  /** The button gets the focus, because what had it is gone. */
  focus?: boolean;
}

interface UndoActions {
  /** Offers to take something back for ten seconds. What was offered before is settled. */
  offer: (undoable: Undoable) => void;
  /** Does something until the server answers, saying so in the bar while there is no connection. */
  insist: <T>(act: () => Promise<T>, waiting: string) => Promise<T>;
  /** Says something in the bar that cannot be taken back. */
  tell: (text: string) => void;
}

export const UndoContext = createContext<UndoActions>({
  offer: () => {},
  insist: (act) => act(),
  tell: () => {},
});

export function useUndo(): UndoActions {
  return useContext(UndoContext);
}
