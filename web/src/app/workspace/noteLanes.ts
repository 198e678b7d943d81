import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Annotation } from '../../api/types';
import { useLearned } from '../../features/annotations/useLearned';
import type { Lane, Mark } from '../../features/recording/timelineLayout';
import { useMe } from '../../features/sign-in/useMe';
import { formatTimecode } from '../../time/timecode';

const LABEL_LENGTH = 60;

/** Moments on one line, then notes by who wrote them: one's own first, others by name. */
export function lanesOf(
  notes: readonly Annotation[],
  meId: string | undefined,
  mark: (note: Annotation) => Mark,
  words: { moments: string; own: string },
): Lane[] {
  const authors = new Map<string, { name: string; marks: Mark[] }>();
  const moments: Mark[] = [];
  for (const note of notes) {
    if (note.kind === 'moment') {
      moments.push(mark(note));
      continue;
    }
    const lane = authors.get(note.author.id) ?? { name: note.author.name, marks: [] };
    lane.marks.push(mark(note));
    authors.set(note.author.id, lane);
  }
  const own = meId === undefined ? undefined : authors.get(meId);
  const others = [...authors.entries()]
    .filter(([id]) => id !== meId)
    .sort(([, a], [, b]) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return [
    { id: 'moments', label: words.moments, marks: moments },
    { id: 'own', label: words.own, marks: own?.marks ?? [] },
    ...others.map(([id, { name, marks }]) => ({ id, label: name, marks })),
  ];
}

/** The lanes of the notes on a recording. */
export function useNoteLanes(items: readonly Annotation[] | undefined): Lane[] {
  const { t } = useTranslation(['annotations', 'recording']);
  const meId = useMe().data?.id;
  const { momentOf } = useLearned();
  return useMemo(() => {
    const mark = ({ id, startMs, endMs, kind, body, marker }: Annotation): Mark => ({
      id,
      startMs,
      endMs,
      kind,
      label: t(body ? 'mark' : 'markOnly', {
        kind: marker === undefined ? t(`kinds.${kind}`) : t('moments.kind', { label: momentOf(marker) }),
        at: formatTimecode(startMs),
        text: body.length > LABEL_LENGTH ? `${body.slice(0, LABEL_LENGTH)}…` : body,
      }),
    });
    return lanesOf(items ?? [], meId, mark, {
      moments: t('recording:lanes.moments'),
      own: t('recording:lanes.own'),
    });
  }, [items, meId, momentOf, t]);
}
