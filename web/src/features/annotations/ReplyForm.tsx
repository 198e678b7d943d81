import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { useSaving } from '../../ui/useSaving';
import { type Draft, newNoteOf } from './draft';
import { NoteForm } from './NoteForm';
import { NOTES_TITLE } from './notesTitle';
import { saveFrom, useLeaving } from './useFormEnd';
import type { NoteActions } from './useNotes';
import { replyOf, type Writing } from './useWriting';

interface ReplyFormProps {
  note: Annotation;
  draft: Draft;
  notes: NoteActions;
  writing: Writing;
  now: () => string;
}

/** A reply to a note. */
export function ReplyForm({ note, draft, notes, writing, now }: ReplyFormProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  const bodyRef = useRef<HTMLTextAreaElement>(null);
  const { saving, error, save } = useSaving();
  useEffect(() => bodyRef.current?.focus(), []);
  const leave = useLeaving(writing);
  const slot = replyOf(note.id);
  const close = () => {
    writing.reply(note.id, null);
    moveFocusTo(NOTES_TITLE);
  };
  const saved = () => {
    announce(t('reply.saved'));
    close();
  };
  const body = { ...newNoteOf(draft), parentId: note.id };
  return (
    <NoteForm
      isReply
      draft={draft}
      onChange={(changed) => writing.reply(note.id, changed)}
      desk={writing.desk}
      slot={slot}
      onCancel={() => leave(slot, close, () => writing.reply(note.id, draft))}
      onSave={() =>
        void save(
          () => saveFrom(writing, slot, true, (ref, kept) => notes.create({ ...body, ...ref }, kept)),
          saved,
        )
      }
      durationMs={0}
      saving={saving}
      error={error}
      bodyRef={bodyRef}
      now={now}
    />
  );
}
