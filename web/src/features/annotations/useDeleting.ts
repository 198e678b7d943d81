import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Annotation } from '../../api/types';
import { useUndo } from './undo';
import type { NoteActions } from './useNotes';

/** Deletes at once and without a question: it can be put back for ten seconds. */
export function useDeleting({ remove, restore, refresh }: NoteActions) {
  const { t } = useTranslation('annotations');
  const { offer, insist, tell } = useUndo();
  return useCallback(
    async (note: Annotation) => {
      const deleted = () =>
        offer({
          text: t(note.parentId ? 'delete.replyDone' : 'delete.done'),
          label: t('delete.undo'),
          undo: () => restore(note),
          done: t('delete.undone'),
          late: t('delete.late'),
          focus: true,
        });
      try {
        await insist(() => remove(note), t('delete.waiting'));
        deleted();
      } catch (failure) {
        const { status } = toApiError(failure);
        await refresh();
        // Gone already: an answer that got lost, or another window was first.
        if (status === 404) deleted();
        else if (status === 412) tell(t('delete.changed'));
        else if (status > 0) tell(t('delete.failed'));
      }
    },
    [insist, offer, refresh, remove, restore, t, tell],
  );
}
