import { useCallback, useMemo, useState } from 'react';
import { type Draft, emptyDraft } from './draft';
import type { Contribution } from './types';
import { type Place, placeOf } from './where';

const isOf = (draft: Draft, draftId: string | undefined) =>
  draftId === undefined || draft.draftId === draftId;

export function useWriting() {
  const [draft, setDraft] = useState(emptyDraft);
  /** With a draftId only if that is what is written: an answer may come late. */
  const change = useCallback(
    (part: Partial<Draft>, draftId?: string) =>
      setDraft((draft) => (isOf(draft, draftId) ? { ...draft, ...part } : draft)),
    [],
  );
  /** The kind and the wish to have it at the moment stay: one often writes several of a kind. */
  const clear = useCallback(
    (draftId?: string) =>
      setDraft((draft) => {
        if (!isOf(draft, draftId)) return draft;
        return { ...emptyDraft(), kind: draft.kind, here: draft.changes?.hereBefore ?? draft.here };
      }),
    [],
  );
  const edit = useCallback((item: Contribution, place: Place | undefined) => {
    const { id, version, kind, body, n } = item;
    const placed = place !== undefined && place.n === n && item.parentId === undefined;
    setDraft(({ here }) => ({
      ...emptyDraft(),
      here,
      changes: { id, version, placed, hereBefore: here },
      kind,
      body,
      n: n ?? null,
      ...(placed && placeOf(item, place)),
    }));
  }, []);
  const answer = useCallback(
    ({ id, body, n }: Contribution) =>
      setDraft(({ here, body: typed }) => ({
        ...emptyDraft(),
        here,
        body: typed,
        answers: { id, body },
        kind: 'answer',
        n: n ?? null,
      })),
    [],
  );
  /** A fragment closed: words about it go with it, also those that were not sent yet. */
  const forgetAbout = useCallback(
    (ns: readonly number[]) =>
      setDraft((draft) => {
        if (draft.n !== null && ns.includes(draft.n)) return emptyDraft();
        return draft.piece && ns.includes(draft.piece.n) ? { ...draft, piece: null } : draft;
      }),
    [],
  );
  return useMemo(
    () => ({ draft, change, clear, edit, answer, forgetAbout }),
    [answer, change, clear, draft, edit, forgetAbout],
  );
}

export type Writing = ReturnType<typeof useWriting>;
