import { Button, Paragraph } from '@utrecht/component-library-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Annotation } from '../../api/types';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { Message } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { newNoteOf, noteOf } from './draft';
import { NoteForm } from './NoteForm';
import { NoteText } from './NoteText';
import { NOTES_TITLE } from './notesTitle';
import { saveFrom, useLeaving } from './useFormEnd';
import type { NoteActions } from './useNotes';
import { type Editing, editOf, type Writing } from './useWriting';

interface NoteEditorProps {
  id: string;
  editing: Editing;
  /** The note as the server has it now; undefined when it is no longer there. */
  note: Annotation | undefined;
  notes: NoteActions;
  writing: Writing;
  durationMs: number;
  now: () => string;
}

/** What the server has now, beside what was typed here: nothing is thrown away. */
function Conflict({ note, onTakeTheirs }: { note: Annotation; onTakeTheirs: () => void }) {
  const { t } = useTranslation('annotations');
  return (
    <Message type="warning">
      <Paragraph>{t('conflict.explain')}</Paragraph>
      <NoteText note={note} />
      <Paragraph>{t('conflict.choose')}</Paragraph>
      <Button appearance="secondary-action-button" onClick={onTakeTheirs}>
        {t('conflict.theirs')}
      </Button>
    </Message>
  );
}

/** Changing a note of one's own. */
export function NoteEditor({ id, editing, note, notes, writing, durationMs, now }: NoteEditorProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  const bodyRef = useRef<HTMLTextAreaElement>(null);
  const { saving, error, save } = useSaving();
  const leaving = useLeaving(writing);
  const { status } = toApiError(error);
  const conflict = error !== null && status === 412 && note !== undefined;
  const slot = editOf(id);
  const change = async () => {
    // Deleted elsewhere: what was typed becomes a new note.
    if (!note) {
      return saveFrom(writing, slot, true, (ref, kept) =>
        notes.create({ ...newNoteOf(editing.draft), ...ref }, kept),
      );
    }
    // Having seen the other version, saving again replaces that one.
    const version = conflict ? note.version : editing.version;
    try {
      await saveFrom(writing, slot, false, (ref, kept) =>
        notes.update(id, version, { ...noteOf(editing.draft), ...ref }, kept),
      );
    } catch (failure) {
      const { status: failed } = toApiError(failure);
      if (failed === 412 || failed === 404) await notes.refresh();
      throw failure;
    }
  };
  const close = () => {
    writing.endEdit(id);
    moveFocusTo(NOTES_TITLE);
  };
  const leave = () => leaving(slot, close, () => writing.changeEdit(id, editing));
  const done = () => {
    announce(t('saved'));
    close();
  };
  return (
    <>
      {!note && <Message type="warning">{t('deletedElsewhere')}</Message>}
      {conflict && <Conflict note={note} onTakeTheirs={leave} />}
      <NoteForm
        draft={editing.draft}
        onChange={(draft) => writing.changeEdit(id, { ...editing, draft })}
        desk={writing.desk}
        slot={slot}
        onCancel={leave}
        onSave={() => void save(change, done)}
        isReply={note?.parentId !== undefined}
        durationMs={durationMs}
        saving={saving}
        error={conflict || (status === 404 && !note) ? null : error}
        bodyRef={bodyRef}
        now={now}
      />
    </>
  );
}
