import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import { formatTimecode } from '../../time/timecode';
import { newDraftId } from './desk';
import { useUndo } from './undo';
import { type Choice, useLearned } from './useLearned';
import type { NoteActions } from './useNotes';

/** As many as there are keys for. */
const KEYS = 9;

export interface Moments {
  choices: readonly Choice[];
  /** Marks this second; the film goes on. */
  mark: (choice: Choice) => void;
  /** 1 for the first, and so on. */
  keys: Readonly<Record<string, () => void>>;
}

/** One press marks what happens at this second of the film (in ms). It can be taken back, and get words later. */
export function useMoments({ create, remove }: NoteActions, now: () => number): Moments {
  const { t } = useTranslation('annotations');
  const { moments } = useLearned();
  const { offer, insist, tell } = useUndo();
  return useMemo(() => {
    const mark = async ({ code, label }: Choice) => {
      const startMs = Math.round(now());
      // The id makes it one mark, however often it has to be sent.
      const draft = { id: newDraftId(), version: 0 };
      const marker = { startMs, kind: 'moment' as const, body: '', marker: code, draft };
      try {
        const created = await insist(() => create(marker), t('draft.waiting'));
        offer({
          text: t('moments.marked', { label, at: formatTimecode(startMs) }),
          label: t('moments.undo'),
          undo: async () => {
            try {
              await remove(created);
            } catch (error) {
              if (toApiError(error).status !== 404) throw error;
            }
          },
          done: t('moments.undone'),
          late: t('moments.late'),
        });
      } catch (error) {
        if (toApiError(error).status > 0) tell(t('moments.failed'));
      }
    };
    const shown = moments.slice(0, KEYS);
    return {
      choices: shown,
      mark: (choice: Choice) => void mark(choice),
      keys: Object.fromEntries(shown.map((choice, i) => [String(i + 1), () => void mark(choice)])),
    };
  }, [create, insist, moments, now, offer, remove, t, tell]);
}
