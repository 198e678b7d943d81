import { Button } from '@utrecht/component-library-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { NoteText } from './NoteText';

interface NoteItemProps {
  note: Annotation;
  onChoose: (id: string) => void;
  onEdit: (note: Annotation) => void;
  onDelete: (note: Annotation) => void;
  /** None for a reply, and where nothing may be added. */
  onReply?: ((note: Annotation) => void) | undefined;
  onOtherwise?: ((note: Annotation) => void) | undefined;
}

export function span({ startMs, endMs }: Annotation): string {
  return endMs === undefined
    ? formatTimecode(startMs)
    : `${formatTimecode(startMs)} – ${formatTimecode(endMs)}`;
}

/** Scrolls only its own list, never the page. */
export function useInView(current: boolean) {
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const item = ref.current;
    const list = item?.closest<HTMLElement>('[data-scrolls]');
    if (!current || !item || !list) return;
    const covered = Number.parseFloat(getComputedStyle(list).scrollPaddingTop) || 0;
    const top = item.offsetTop - list.offsetTop - covered;
    const hidden =
      top < list.scrollTop || top + covered + item.offsetHeight > list.scrollTop + list.clientHeight;
    if (hidden) list.scrollTop = Math.max(0, top);
  }, [current]);
  return ref;
}

/** One note or reply as one reads it, with what its author can do to it. */
export const NoteItem = memo(function NoteItem({
  note,
  onChoose,
  onEdit,
  onDelete,
  onReply,
  onOtherwise,
}: NoteItemProps) {
  const { t } = useTranslation('annotations');
  const isReply = note.parentId !== undefined;
  const of = t(isReply ? 'ofReply' : 'ofNote', { at: span(note) });
  const actions: [string, (note: Annotation) => void][] = [];
  if (onReply) actions.push([t('reply.button'), onReply]);
  if (onOtherwise) actions.push([t('reply.alternative'), onOtherwise]);
  if (note.can.edit) actions.push([t('edit'), onEdit], [t('delete.button'), onDelete]);
  return (
    <>
      {!isReply && (
        <button type="button" className="vs-note__time" onClick={() => onChoose(note.id)}>
          <span className="vs-visually-hidden">{t('goTo')}</span>
          {span(note)}
        </button>
      )}
      <NoteText note={note} />
      {!note.can.edit && <p className="vs-subtle">{note.author.name}</p>}
      {actions.length > 0 && (
        <div className="vs-note__actions">
          {actions.map(([text, act]) => (
            <Button key={text} appearance="subtle-button" onClick={() => act(note)}>
              {text}
              <span className="vs-visually-hidden">{of}</span>
            </Button>
          ))}
        </div>
      )}
    </>
  );
});
