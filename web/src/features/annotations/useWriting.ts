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
  compose: (draft: Draft | null) => void;
  edit: (note: Annotation) => void;
  changeEdit: (id: string, draft: Draft) => void;
  endEdit: (id: string) => void;
  forget: () => void;
}

export function useWriting(): Writing {
  const [composing, compose] = useState<Draft | null>(null);
  const [editing, setEditing] = useState<Record<string, Editing>>({});
  return useMemo(() => {
    const endEdit = (id: string) => setEditing(({ [id]: _ended, ...others }) => others);
    return {
      composing,
      editing,
      compose,
      edit: (note) =>
        setEditing((all) => ({ ...all, [note.id]: { version: note.version, draft: draftOf(note) } })),
      changeEdit: (id, draft) =>
        setEditing((all) => (all[id] ? { ...all, [id]: { ...all[id], draft } } : all)),
      endEdit,
      forget: () => {
        compose(null);
        setEditing({});
      },
    };
  }, [composing, editing]);
}
