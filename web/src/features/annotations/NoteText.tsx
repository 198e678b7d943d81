import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { useLearned } from './useLearned';

type Shown = Pick<Annotation, 'kind' | 'body' | 'parentId' | 'marker' | 'tags'>;

/** A note's kind, words and themes, as plain text: what someone typed is never markup. */
export function NoteText({ note }: { note: Shown }) {
  const { t } = useTranslation('annotations');
  const { momentOf, tagOf } = useLearned();
  const { kind, body, marker, tags } = note;
  return (
    <>
      {!(note.parentId && kind === 'observation') && (
        <span className={`vs-note__kind vs-note__kind--${kind}`}>
          {marker === undefined ? t(`kinds.${kind}`) : t('moments.kind', { label: momentOf(marker) })}
        </span>
      )}
      {body && <p className="vs-note__body">{body}</p>}
      {tags.length > 0 && <p className="vs-note__tags">{tags.map(tagOf).join(' · ')}</p>}
    </>
  );
}
