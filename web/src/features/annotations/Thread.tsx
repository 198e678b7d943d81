import { memo, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { replyTo } from './draft';
import { NoteEditor } from './NoteEditor';
import { NoteItem, span, useInView } from './NoteItem';
import { ReplyForm } from './ReplyForm';
import type { NoteActions } from './useNotes';
import type { Writing } from './useWriting';

/** Where a note stands in a list of which only a part is in the page. */
export interface Place {
  index: number;
  count: number;
  topPx: number;
  measure: (item: HTMLLIElement | null) => void;
}

interface ThreadProps extends Partial<Place> {
  note: Annotation;
  replies: readonly Annotation[];
  current: boolean;
  notes: NoteActions;
  /** Only while something of this thread is being typed: so typing renders one thread and not all of them. */
  writing: Writing | null;
  canAnnotate: boolean;
  durationMs: number;
  now: () => string;
  onChoose: (id: string) => void;
  onEdit: (note: Annotation) => void;
  onDelete: (note: Annotation) => void;
  onReply: Writing['reply'];
  /** Reflection: what could have been otherwise is a reply to what was. */
  asksOtherwise: boolean;
}

/** A note and the replies to it. */
export const Thread = memo(function Thread(props: ThreadProps) {
  const { note, replies, current, notes, writing, canAnnotate, durationMs, now, onReply } = props;
  const { t } = useTranslation('annotations');
  const { index, count, topPx, measure } = props;
  const inView = useInView(current && measure === undefined);
  const replying = writing?.replying[note.id];
  const startReply = useCallback((to: Annotation) => onReply(to.id, replyTo(to, 'observation')), [onReply]);
  const startOtherwise = useCallback(
    (to: Annotation) => onReply(to.id, replyTo(to, 'alternative')),
    [onReply],
  );
  const one = (of: Annotation) => {
    const editing = writing?.editing[of.id];
    if (!writing || !editing) {
      return (
        <NoteItem
          note={of}
          onChoose={props.onChoose}
          onEdit={props.onEdit}
          onDelete={props.onDelete}
          onReply={canAnnotate && of === note && !replying ? startReply : undefined}
          onOtherwise={
            props.asksOtherwise && canAnnotate && of === note && !replying ? startOtherwise : undefined
          }
        />
      );
    }
    return (
      <NoteEditor
        id={of.id}
        editing={editing}
        note={of}
        notes={notes}
        writing={writing}
        durationMs={durationMs}
        now={now}
      />
    );
  };
  const isOpen = writing?.editing[note.id] !== undefined;
  return (
    <li
      ref={measure ?? inView}
      className={isOpen ? 'vs-note vs-note--editing' : 'vs-note'}
      aria-current={current ? 'true' : undefined}
      data-note={note.id}
      data-index={index}
      aria-posinset={index === undefined ? undefined : index + 1}
      aria-setsize={count}
      style={topPx === undefined ? undefined : { insetBlockStart: topPx }}
    >
      {one(note)}
      {replies.length > 0 && (
        <ul className="vs-thread" aria-label={t('reply.list', { at: span(note) })}>
          {replies.map((reply) => (
            <li key={reply.id} className="vs-thread__reply">
              {one(reply)}
            </li>
          ))}
        </ul>
      )}
      {writing && replying && (
        <ReplyForm note={note} draft={replying} notes={notes} writing={writing} now={now} />
      )}
    </li>
  );
});
