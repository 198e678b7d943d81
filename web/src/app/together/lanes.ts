import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane, Mark } from '../../features/recording/timelineLayout';
import type { Contribution } from '../../features/session-run/types';
import { formatTimecode } from '../../time/timecode';

const LABEL_LENGTH = 60;

/** What was written at a moment of one fragment, a lane for each person: one's own first, others by name. */
export function lanesOf(
  items: readonly Contribution[],
  n: number,
  meId: string | undefined,
  mark: (item: Contribution) => Mark,
  you: string,
): Lane[] {
  const lanes = new Map<string, { name: string; marks: Mark[] }>();
  for (const item of items) {
    if (item.n !== n || item.startMs === undefined || item.parentId !== undefined) continue;
    const { id, name } = item.author;
    const lane = lanes.get(id) ?? { name, marks: [] };
    lane.marks.push(mark(item));
    lanes.set(id, lane);
  }
  const own = meId === undefined ? undefined : lanes.get(meId);
  const others = [...lanes.entries()]
    .filter(([id]) => id !== meId)
    .sort(([, a], [, b]) => a.name.localeCompare(b.name));
  return [
    ...(meId === undefined ? [] : [{ id: 'own', label: you, marks: own?.marks ?? [] }]),
    ...others.map(([id, { name, marks }]) => ({ id, label: name, marks })),
  ];
}

/** The lanes of a fragment; ofFragment makes a place of the recording one of the fragment, in ms. */
export function useLanes(
  items: readonly Contribution[],
  n: number,
  meId: string | undefined,
  ofFragment: (ms: number) => number,
): Lane[] {
  const { t } = useTranslation('sessionRun');
  return useMemo(() => {
    const mark = ({ id, startMs = 0, endMs, kind, body, author }: Contribution): Mark => {
      const [from, to] = [ofFragment(startMs), endMs === undefined ? undefined : ofFragment(endMs)];
      const words = {
        name: author.id === meId ? t('list.you') : author.name,
        kind: t(`kinds.${kind}`),
        text: body.length > LABEL_LENGTH ? `${body.slice(0, LABEL_LENGTH)}…` : body,
      };
      const label =
        to === undefined
          ? t('list.mark', { ...words, at: formatTimecode(from) })
          : t('list.markPart', { ...words, from: formatTimecode(from), to: formatTimecode(to) });
      return { id, startMs: from, endMs: to, kind, label };
    };
    return lanesOf(items, n, meId, mark, t('list.you'));
  }, [items, meId, n, ofFragment, t]);
}
