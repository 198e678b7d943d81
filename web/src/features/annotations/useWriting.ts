import { useEffect, useMemo, useState } from 'react';
import type { Annotation } from '../../api/types';
import { Desk, type Unfinished } from './desk';
import { type Draft, draftOf, draftOfWords, wordsOf } from './draft';
import { draftCalls } from './draftCalls';
import { SealedGap } from './sealedGap';

/** A note of one's own being changed; version is the one it was read with. */
export interface Editing {
  version: number;
  draft: Draft;
}

/** The forms there are, as the desk knows them. */
export const NEW_NOTE = 'new';
export const editOf = (id: string) => `edit:${id}`;
export const replyOf = (noteId: string) => `reply:${noteId}`;

/** Everything that is being typed. Held above the notes, so that it outlives a lost connection. */
export interface Writing {
  /** Keeps it on the server. */
  desk: Desk;
  composing: Draft | null;
  editing: Readonly<Record<string, Editing>>;
  /** Replies, by the note they hang on. */
  replying: Readonly<Record<string, Draft>>;
  /** What was not finished, here or elsewhere, and is on no form now. */
  unfinished: readonly Unfinished[];
  compose: (draft: Draft | null) => void;
  edit: (note: Annotation) => void;
  changeEdit: (id: string, editing: Editing) => void;
  endEdit: (id: string) => void;
  reply: (noteId: string, draft: Draft | null) => void;
  /** Goes on with something; hasNote says whether a note is still there to reply to. */
  resume: (found: Unfinished, hasNote: (id: string) => boolean) => void;
  throwAway: (found: Unfinished) => void;
  setAside: (found: Unfinished) => void;
  forget: () => void;
}

/** Without one of its keys. */
function without<T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...others } = all;
  return others;
}

function useForms(desk: Desk) {
  const [composing, setComposing] = useState<Draft | null>(null);
  const [editing, setEditing] = useState<Record<string, Editing>>({});
  const [replying, setReplying] = useState<Record<string, Draft>>({});
  const actions = useMemo(
    () => ({
      compose: (draft: Draft | null) => {
        if (draft) desk.typed(NEW_NOTE, wordsOf(draft));
        setComposing(draft);
      },
      edit: (note: Annotation) =>
        setEditing((all) => ({ ...all, [note.id]: { version: note.version, draft: draftOf(note) } })),
      changeEdit: (id: string, changed: Editing) => {
        desk.typed(editOf(id), wordsOf(changed.draft, { annotationId: id, baseVersion: changed.version }));
        setEditing((all) => ({ ...all, [id]: changed }));
      },
      endEdit: (id: string) => setEditing((all) => without(all, id)),
      reply: (noteId: string, draft: Draft | null) => {
        if (draft) desk.typed(replyOf(noteId), wordsOf(draft, { parentId: noteId }));
        setReplying((all) => (draft ? { ...all, [noteId]: draft } : without(all, noteId)));
      },
      closeAll: () => {
        setComposing(null);
        setEditing({});
        setReplying({});
      },
    }),
    [desk],
  );
  return { composing, editing, replying, actions };
}

function useUnfinished(desk: Desk, { compose, changeEdit, reply }: ReturnType<typeof useForms>['actions']) {
  const [unfinished, set] = useState<readonly Unfinished[]>([]);
  useEffect(() => {
    desk.enter();
    void desk.open().then((found) => found.length > 0 && set((all) => [...all, ...found]));
  }, [desk]);
  const actions = useMemo(() => {
    const setAside = (found: Unfinished) => set((all) => [found, ...all]);
    const take = ({ id }: Unfinished) => set((all) => all.filter((one) => one.id !== id));
    /** Puts it on a form; what was on that form is set aside. */
    const onForm = (slot: string, found: Unfinished) => {
      const before = desk.takeOff(slot);
      desk.resume(slot, found);
      take(found);
      if (before) setAside(before);
    };
    return {
      setAside,
      resume: (found: Unfinished, hasNote: (id: string) => boolean) => {
        const { words } = found;
        const draft = draftOfWords(words);
        if (words.annotationId !== undefined) {
          onForm(editOf(words.annotationId), found);
          changeEdit(words.annotationId, { version: words.baseVersion ?? 1, draft });
        } else if (words.parentId !== undefined && hasNote(words.parentId)) {
          onForm(replyOf(words.parentId), found);
          reply(words.parentId, draft);
        } else {
          onForm(NEW_NOTE, found);
          compose(draft);
        }
      },
      throwAway: (found: Unfinished) => {
        take(found);
        // Should the server not hear of it, then it is offered again: better twice than lost.
        desk.drop(found).catch(() => {});
      },
      forgetUnfinished: () => set([]),
    };
  }, [changeEdit, compose, desk, reply]);
  return { unfinished, actions };
}

/** Sends what is not sent yet when the page goes away, and when there is a connection again. */
function useFlushing(desk: Desk) {
  useEffect(() => {
    const leaving = () => desk.flush(true);
    const back = () => desk.flush();
    const hidden = () => document.visibilityState === 'hidden' && desk.flush(true);
    globalThis.addEventListener('pagehide', leaving);
    globalThis.addEventListener('online', back);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      globalThis.removeEventListener('pagehide', leaving);
      globalThis.removeEventListener('online', back);
      document.removeEventListener('visibilitychange', hidden);
      desk.leave();
    };
  }, [desk]);
}

export function useWriting(recordingId: string): Writing {
  const [desk] = useState(() => new Desk(draftCalls(recordingId), new SealedGap(recordingId)));
  const { composing, editing, replying, actions } = useForms(desk);
  const { unfinished, actions: offers } = useUnfinished(desk, actions);
  useFlushing(desk);
  return useMemo(() => {
    const forget = () => {
      desk.forget();
      actions.closeAll();
      offers.forgetUnfinished();
    };
    return { desk, composing, editing, replying, unfinished, ...actions, ...offers, forget };
  }, [actions, composing, desk, editing, offers, replying, unfinished]);
}
