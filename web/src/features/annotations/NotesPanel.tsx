import { Button } from '@utrecht/component-library-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Composer } from './Composer';
import { NoteEditor } from './NoteEditor';
import { NoteItem } from './NoteItem';
import { NOTES_TITLE } from './notesTitle';
import type { Notes } from './useNotes';
import type { Writing } from './useWriting';

interface NotesPanelProps {
  notes: Notes;
  writing: Writing;
  canAnnotate: boolean;
  durationMs: number;
  currentId: string | null;
  now: () => string;
  bodyRef: RefObject<HTMLTextAreaElement>;
  onStart: () => void;
  onChoose: (id: string) => void;
  onDone: () => void;
}

export function NotesPanel(props: NotesPanelProps) {
  const { t } = useTranslation(['annotations', 'app']);
  const { notes, writing, canAnnotate, durationMs, currentId, now, onChoose } = props;
  const { data, error, isPending, refetch } = notes.query;
  const items = data?.items ?? [];
  const orphans = data
    ? Object.keys(writing.editing).filter((id) => !items.some((note) => note.id === id))
    : [];
  const editor = (id: string) => {
    const editing = writing.editing[id];
    if (!editing) return null;
    const note = items.find((item) => item.id === id);
    return (
      <NoteEditor
        id={id}
        editing={editing}
        note={note}
        notes={notes}
        writing={writing}
        durationMs={durationMs}
        now={now}
      />
    );
  };
  return (
    <section className="vs-notes" aria-labelledby={NOTES_TITLE}>
      <div className="vs-notes__head">
        <h2 id={NOTES_TITLE} className="utrecht-heading-3" tabIndex={-1}>
          {t('title')}
        </h2>
        {canAnnotate && !writing.composing && (
          <Button appearance="primary-action-button" onClick={props.onStart}>
            {t('new')}
          </Button>
        )}
      </div>
      <Composer
        notes={notes}
        writing={writing}
        durationMs={durationMs}
        now={now}
        bodyRef={props.bodyRef}
        onDone={props.onDone}
      />
      {isPending && <Placeholder size="card" />}
      {error && !data && (
        <ErrorMessage error={error}>
          <Button appearance="secondary-action-button" onClick={() => void refetch()}>
            {t('app:tryAgain')}
          </Button>
        </ErrorMessage>
      )}
      {data && items.length === 0 && !writing.composing && <p className="vs-empty">{t('empty')}</p>}
      {orphans.map((id) => (
        <div key={id}>{editor(id)}</div>
      ))}
      <ol className="vs-notes__list">
        {items.map((note) =>
          writing.editing[note.id] ? (
            <li key={note.id} className="vs-note vs-note--editing">
              {editor(note.id)}
            </li>
          ) : (
            <NoteItem
              key={note.id}
              note={note}
              current={note.id === currentId}
              notes={notes}
              onChoose={onChoose}
              onEdit={writing.edit}
            />
          ),
        )}
      </ol>
    </section>
  );
}
