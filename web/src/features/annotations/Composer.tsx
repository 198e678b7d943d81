import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { useSaving } from '../../ui/useSaving';
import { newNoteOf, type Prompt } from './draft';
import { NoteForm } from './NoteForm';
import { NOTES_TITLE } from './notesTitle';
import { saveFrom, useLeaving } from './useFormEnd';
import type { NoteActions } from './useNotes';
import { NEW_NOTE, type Writing } from './useWriting';

interface ComposerProps {
  notes: NoteActions;
  writing: Writing;
  durationMs: number;
  now: () => string;
  prompt?: Prompt | undefined;
  bodyRef: RefObject<HTMLTextAreaElement>;
  /** After saving or leaving: the film may go on. */
  onDone: () => void;
}

/** A new note. */
export function Composer({ notes, writing, durationMs, now, bodyRef, onDone, prompt }: ComposerProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const leave = useLeaving(writing);
  const draft = writing.composing;
  if (!draft) return null;
  const close = () => {
    writing.compose(null);
    moveFocusTo(NOTES_TITLE);
    onDone();
  };
  const saved = () => {
    announce(t('saved'));
    close();
  };
  return (
    <NoteForm
      draft={draft}
      desk={writing.desk}
      slot={NEW_NOTE}
      prompt={prompt}
      onChange={writing.compose}
      onCancel={() => leave(NEW_NOTE, close, () => writing.compose(draft))}
      onSave={() =>
        void save(
          () => saveFrom(writing, NEW_NOTE, true, (ref) => notes.create({ ...newNoteOf(draft), ...ref })),
          saved,
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
