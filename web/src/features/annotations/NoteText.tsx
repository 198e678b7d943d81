import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';

/** A note's kind and words, as plain text: what someone typed is never markup. */
export function NoteText({ note }: { note: Pick<Annotation, 'kind' | 'body' | 'parentId'> }) {
  const { t } = useTranslation('annotations');
  return (
    <>
      {!(note.parentId && note.kind === 'observation') && (
        <span className={`vs-note__kind vs-note__kind--${note.kind}`}>{t(`kinds.${note.kind}`)}</span>
      )}
      {note.body && <p className="vs-note__body">{note.body}</p>}
    </>
  );
}
