import { useCallback, useMemo, useState } from 'react';
import { newId } from '../../api/newId';
import type { Contribution, ContributionChange, ContributionKind } from './types';
import { type Piece, type Place, placeOf } from './where';

/** The most characters of one contribution. */
export const BODY_MAX = 4000;

/** One's own that is being changed. */
export interface Changes {
  id: string;
  version: number;
  /** Its film was on as one began: where it is can be changed too. */
  placed: boolean;
  /** What one wished for what is new: it comes back afterwards. */
  hereBefore: boolean;
  /** What was sent and got no answer. */
  sent?: ContributionChange | undefined;
}

/** What is being written. It lives in memory only, above what a silence takes off the screen. */
export interface Draft {
  changes?: Changes;
  /** Of the question that is answered. */
  answers?: { id: string; body: string };
  kind: ContributionKind | null;
  body: string;
  /** Whether it belongs to this moment of the film. */
  here: boolean;
  /** The moment, in ms of the recording, since the first letter; null before it. */
  startMs: number | null;
  /** The piece of the film that was marked instead; null for a moment. */
  piece: Piece | null;
  /** Of the fragment that is written about; null for none, and before the first letter. */
  n: number | null;
  /** What it is called until it has an id: one name for every try to send these words, another for other words. */
  draftId: string;
  /** It was sent, and no answer came. */
  lost: boolean;
}

const empty = (): Draft => ({
  kind: null,
  body: '',
  here: true,
  startMs: null,
  piece: null,
  n: null,
  draftId: newId(),
  lost: false,
});

const isOf = (draft: Draft, draftId: string | undefined) =>
  draftId === undefined || draft.draftId === draftId;

export function useWriting() {
  const [draft, setDraft] = useState(empty);
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
        return { ...empty(), kind: draft.kind, here: draft.changes?.hereBefore ?? draft.here };
      }),
    [],
  );
  const edit = useCallback((item: Contribution, place: Place | undefined) => {
    const { id, version, kind, body, n } = item;
    const placed = place !== undefined && place.n === n && item.parentId === undefined;
    setDraft(({ here }) => ({
      ...empty(),
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
        ...empty(),
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
        if (draft.n !== null && ns.includes(draft.n)) return empty();
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
