import { type RefObject, useEffect, useRef } from 'react';
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

/** Scrolls only its own list, never the page: from the words to the buttons the form is in sight. */
function useWholeInView(open: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const form = ref.current;
    const list = form?.closest<HTMLElement>('[data-scrolls]');
    if (!open || !form || !list) return;
    const below = form.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    if (below > 0 && list.scrollHeight > list.clientHeight) list.scrollTop += below;
  }, [open]);
  return ref;
}

/** A new note. */
export function Composer({ notes, writing, durationMs, now, bodyRef, onDone, prompt }: ComposerProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const leave = useLeaving(writing);
  const draft = writing.composing;
  const ref = useWholeInView(draft !== null);
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
    <div ref={ref}>
      <NoteForm
        draft={draft}
        desk={writing.desk}
        slot={NEW_NOTE}
        prompt={prompt}
        onChange={writing.compose}
        onCancel={() => leave(NEW_NOTE, close, () => writing.compose(draft))}
        onSave={() =>
          void save(
            () =>
              saveFrom(writing, NEW_NOTE, true, (ref, kept) =>
                notes.create({ ...newNoteOf(draft), ...ref }, kept),
              ),
            saved,
          )
        }
        durationMs={durationMs}
        saving={saving}
        error={error}
        bodyRef={bodyRef}
        now={now}
      />
    </div>
  );
}
