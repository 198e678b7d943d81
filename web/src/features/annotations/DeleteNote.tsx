import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Annotation } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { NoteText } from './NoteText';
import { NOTES_TITLE } from './notesTitle';
import type { Notes } from './useNotes';
import { useSaving } from './useSaving';

interface DeleteNoteProps {
  note: Annotation;
  notes: Notes;
  onClose: () => void;
}

export function DeleteNote({ note, notes, onClose }: DeleteNoteProps) {
  const { t } = useTranslation(['annotations', 'app']);
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const remove = async () => {
    try {
      await notes.remove(note);
    } catch (failure) {
      // Changed meanwhile: show what it says now before it goes.
      if (toApiError(failure).status === 412) await notes.refresh();
      throw failure;
    }
  };
  const deleted = () => {
    announce(t('delete.done'));
    onClose();
    moveFocusTo(NOTES_TITLE);
  };
  return (
    <Dialog title={t('delete.title')} onClose={onClose}>
      <NoteText note={note} />
      <Paragraph>{t('delete.explain')}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          hint="danger"
          disabled={saving}
          onClick={() => void save(remove, deleted)}
        >
          {t('delete.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </Dialog>
  );
}
