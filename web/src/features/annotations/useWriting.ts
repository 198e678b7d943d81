import { useMemo, useState } from 'react';
import type { Annotation } from '../../api/types';
import { type Draft, draftOf } from './draft';

/** A note of one's own being changed; version is the one it was read with. */
export interface Editing {
  version: number;
  draft: Draft;
}

/** Everything that is being typed. Held above the notes, so that it outlives a lost connection; in memory only. */
export interface Writing {
  composing: Draft | null;
  editing: Readonly<Record<string, Editing>>;
  /** Replies, by the note they hang on. */
  replying: Readonly<Record<string, Draft>>;
  compose: (draft: Draft | null) => void;
  edit: (note: Annotation) => void;
  changeEdit: (id: string, draft: Draft) => void;
  endEdit: (id: string) => void;
  reply: (noteId: string, draft: Draft | null) => void;
  forget: () => void;
}

/** Without one of its keys. */
function without<T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...others } = all;
  return others;
}

export function useWriting(): Writing {
  const [composing, compose] = useState<Draft | null>(null);
  const [editing, setEditing] = useState<Record<string, Editing>>({});
  const [replying, setReplying] = useState<Record<string, Draft>>({});
  const actions = useMemo(
    () => ({
      compose,
      edit: (note: Annotation) =>
        setEditing((all) => ({ ...all, [note.id]: { version: note.version, draft: draftOf(note) } })),
      changeEdit: (id: string, draft: Draft) =>
        setEditing((all) => (all[id] ? { ...all, [id]: { ...all[id], draft } } : all)),
      endEdit: (id: string) => setEditing((all) => without(all, id)),
      reply: (noteId: string, draft: Draft | null) =>
        setReplying((all) => (draft ? { ...all, [noteId]: draft } : without(all, noteId))),
      forget: () => {
        compose(null);
        setEditing({});
        setReplying({});
      },
    }),
    [],
  );
  return useMemo(
    () => ({ composing, editing, replying, ...actions }),
    [composing, editing, replying, actions],
  );
}
