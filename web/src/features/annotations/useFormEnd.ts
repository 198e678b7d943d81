import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import { useUndo } from './undo';
import type { Writing } from './useWriting';

type DraftRef = Awaited<ReturnType<Writing['desk']['hold']>>;

/**
 * Saves a note from the draft on a form. Sent twice, because an answer got lost, it is one note; when that note was
 * changed meanwhile (412), what is on a form for a new one becomes another note.
 */
export async function saveFrom(
  { desk }: Writing,
  slot: string,
  isNew: boolean,
  save: (ref: DraftRef, kept: () => void) => Promise<unknown>,
): Promise<void> {
  // At once: who reloads before the list has come again finds nothing unfinished.
  const kept = () => desk.clear(slot);
  try {
    await save(await desk.hold(slot), kept);
  } catch (error) {
    const changed = isNew && toApiError(error).status === 412;
    desk.release(slot, changed);
    if (!changed) throw error;
    await save(await desk.hold(slot), kept);
  }
  desk.saved(slot);
}

/** Leaves a form. What was typed can be put back for ten seconds, and is thrown away after that. */
export function useLeaving({ desk, setAside }: Writing) {
  const { t } = useTranslation('annotations');
  const { offer } = useUndo();
  return useCallback(
    (slot: string, close: () => void, reopen: () => void) => {
      const off = desk.takeOff(slot);
      close();
      if (!off) return;
      const drop = () => void desk.drop(off).catch(() => {});
      if (off.words.body.trim() === '') {
        drop();
        return;
      }
      offer({
        text: t('draft.thrown'),
        label: t('delete.undo'),
        undo: async () => {
          // Something else is on the form by now: then it is offered beside it.
          if (desk.state(slot) !== null) setAside(off);
          else if (desk.putBack(slot, off.id)) reopen();
        },
        done: t('draft.back'),
        late: t('draft.gone'),
        settle: drop,
      });
    },
    [desk, offer, setAside, t],
  );
}
