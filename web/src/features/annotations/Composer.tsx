import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { useSaving } from '../../ui/useSaving';
import { newNoteOf } from './draft';
import { NoteForm } from './NoteForm';
import { NOTES_TITLE } from './notesTitle';
import type { NoteActions } from './useNotes';
import type { Writing } from './useWriting';

interface ComposerProps {
  notes: NoteActions;
  writing: Writing;
  durationMs: number;
  now: () => string;
  bodyRef: RefObject<HTMLTextAreaElement>;
  /** After saving or leaving: the film may go on. */
  onDone: () => void;
}

/** A new note. */
export function Composer({ notes, writing, durationMs, now, bodyRef, onDone }: ComposerProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const draft = writing.composing;
  if (!draft) return null;
  const done = () => {
    writing.compose(null);
    moveFocusTo(NOTES_TITLE);
    onDone();
  };
  return (
    <NoteForm
      draft={draft}
      onChange={writing.compose}
      onCancel={done}
      onSave={() =>
        void save(
          () => notes.create(newNoteOf(draft)),
          () => {
            announce(t('saved'));
            done();
          },
        )
      }
      durationMs={durationMs}
      saving={saving}
      error={error}
      bodyRef={bodyRef}
      now={now}
    />
  );
}
