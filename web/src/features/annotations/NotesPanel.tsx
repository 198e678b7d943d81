import { Button } from '@utrecht/component-library-react';
import { type ReactNode, type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Composer } from './Composer';
import type { Prompt } from './draft';
import { NoteEditor } from './NoteEditor';
import { NotesList } from './NotesList';
import { NOTES_TITLE } from './notesTitle';
import { Thread } from './Thread';
import type { Threads } from './threads';
import { Unfinished } from './Unfinished';
import { useDeleting } from './useDeleting';
import type { Notes } from './useNotes';
import type { Editing, Writing } from './useWriting';

interface NotesPanelProps {
  notes: Notes;
  writing: Writing;
  canAnnotate: boolean;
  durationMs: number;
  currentId: string | null;
  now: () => string;
  bodyRef: RefObject<HTMLTextAreaElement>;
  /** What is asked now, where someone is led through looking back. */
  prompt?: Prompt | undefined;
  onStart: () => void;
  onChoose: (id: string) => void;
  onDone: () => void;
  /** Which notes are looked for; null for all. What is being typed stays in sight. */
  wanted?: ((note: Annotation, replies: readonly Annotation[]) => boolean) | null;
  /** The field in which one says so, and what stands there when there are none. */
  search?: { field: ReactNode; nothing: string };
}

const NONE: readonly Annotation[] = [];

/** What is being changed of notes that are there no more. */
function orphansOf({ editing }: Writing, { items, replies }: Threads): string[] {
  const ids = new Set([...items, ...Object.values(replies).flat()].map(({ id }) => id));
  return Object.keys(editing).filter((id) => !ids.has(id));
}

/** Whether something of a thread is being typed. */
function isTyped({ editing, replying }: Writing, note: Annotation, replies: readonly Annotation[]): boolean {
  return note.id in replying || note.id in editing || replies.some(({ id }) => id in editing);
}

function typedIn(writing: Writing, { items, replies }: Threads): string[] {
  return items.filter((note) => isTyped(writing, note, replies[note.id] ?? NONE)).map(({ id }) => id);
}

/** The threads that are looked for. */
function wantedIn(threads: Threads, wanted: NonNullable<NotesPanelProps['wanted']>, typedIds: string[]) {
  const items = threads.items.filter(
    (note) => typedIds.includes(note.id) || wanted(note, threads.replies[note.id] ?? NONE),
  );
  return { ...threads, items };
}

export function NotesPanel(props: NotesPanelProps) {
  const { t } = useTranslation('annotations');
  const { writing, canAnnotate, durationMs, currentId, now, onChoose } = props;
  const { data, error, isPending, refetch } = props.notes.query;
  const notes = props.notes.actions;
  const items = data?.items ?? [];
  const deleteNote = useDeleting(notes);
  const asksOtherwise = props.prompt?.kinds.includes('alternative') ?? false;
  const orphans = useMemo(() => (data ? orphansOf(writing, data) : []), [data, writing]);
  const typedIds = useMemo(() => (data ? typedIn(writing, data) : []), [data, writing]);
  const { wanted = null, search } = props;
  const shown = useMemo(
    () => (data && wanted ? wantedIn(data, wanted, typedIds) : data),
    [data, typedIds, wanted],
  );
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
      {items.length > 0 && search?.field}
      {data && <Unfinished writing={writing} hasNote={(id) => items.some((note) => note.id === id)} />}
      <Composer
        notes={notes}
        writing={writing}
        durationMs={durationMs}
        now={now}
        prompt={props.prompt}
        bodyRef={props.bodyRef}
        onDone={props.onDone}
      />
      {isPending && <Placeholder size="card" />}
      {error && !data && <ErrorMessage error={error} again={refetch} />}
      {data && items.length === 0 && !writing.composing && <p className="vs-empty">{t('empty')}</p>}
      {orphans.map((id) => (
        <div key={id}>
          <NoteEditor
            id={id}
            editing={writing.editing[id] as Editing}
            note={undefined}
            notes={notes}
            writing={writing}
            durationMs={durationMs}
            now={now}
          />
        </div>
      ))}
      {search && shown && items.length > 0 && shown.items.length === 0 && (
        <p className="vs-empty" role="status">
          {search.nothing}
        </p>
      )}
      {shown && (
        <NotesList threads={shown} currentId={currentId} typedIds={typedIds}>
          {(note, place) => {
            const replies = shown.replies[note.id] ?? NONE;
            return (
              <Thread
                key={note.id}
                {...place}
                note={note}
                replies={replies}
                current={note.id === currentId}
                notes={notes}
                writing={isTyped(writing, note, replies) ? writing : null}
                canAnnotate={canAnnotate}
                durationMs={durationMs}
                now={now}
                onChoose={onChoose}
                onEdit={writing.edit}
                onDelete={deleteNote}
                onReply={writing.reply}
                asksOtherwise={asksOtherwise}
              />
            );
          }}
        </NotesList>
      )}
    </section>
  );
}
