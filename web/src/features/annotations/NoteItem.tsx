import { Button } from '@utrecht/component-library-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { DeleteNote } from './DeleteNote';
import { NoteText } from './NoteText';
import type { Notes } from './useNotes';

interface NoteItemProps {
  note: Annotation;
  current: boolean;
  notes: Notes;
  onChoose: (id: string) => void;
  onEdit: (note: Annotation) => void;
}

function span({ startMs, endMs }: Annotation): string {
  return endMs === undefined
    ? formatTimecode(startMs)
    : `${formatTimecode(startMs)} – ${formatTimecode(endMs)}`;
}

/** Scrolls only its own list, never the page. */
function useInView(current: boolean) {
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const item = ref.current;
    const list = item?.closest<HTMLElement>('[data-scrolls]');
    if (!current || !item || !list) return;
    const top = item.offsetTop - list.offsetTop;
    const hidden = top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight;
    if (hidden) list.scrollTop = Math.max(0, top - 16);
  }, [current]);
  return ref;
}

export function NoteItem({ note, current, notes, onChoose, onEdit }: NoteItemProps) {
  const { t } = useTranslation('annotations');
  const [deleting, setDeleting] = useState(false);
  const ref = useInView(current);
  return (
    <li ref={ref} className="vs-note" aria-current={current ? 'true' : undefined}>
      <button type="button" className="vs-note__time" onClick={() => onChoose(note.id)}>
        <span className="vs-visually-hidden">{t('goTo')}</span>
        {span(note)}
      </button>
      <NoteText note={note} />
      {!note.can.edit && <p className="vs-subtle">{note.author.name}</p>}
      {note.can.edit && (
        <div className="vs-note__actions">
          <Button appearance="subtle-button" onClick={() => onEdit(note)}>
            {t('edit')}
            <span className="vs-visually-hidden">{t('ofNote', { at: span(note) })}</span>
          </Button>
          <Button appearance="subtle-button" onClick={() => setDeleting(true)}>
            {t('delete.button')}
            <span className="vs-visually-hidden">{t('ofNote', { at: span(note) })}</span>
          </Button>
        </div>
      )}
      {deleting && <DeleteNote note={note} notes={notes} onClose={() => setDeleting(false)} />}
    </li>
  );
}
