import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fragment } from '../../api/types';
import type { Lane } from '../../features/recording/timelineLayout';
import { formatTimecode } from '../../time/timecode';

/** The line of the fragments; there is none while nothing is chosen. */
export function useFragmentLane(items: readonly Fragment[] | undefined): Lane[] {
  const { t } = useTranslation('fragments');
  return useMemo(() => {
    if (!items || items.length === 0) return [];
    const marks = items.map(({ id, startMs, endMs, title }) => ({
      id,
      startMs,
      endMs,
      kind: 'fragment',
      label: t('mark', { from: formatTimecode(startMs), to: formatTimecode(endMs), title }),
    }));
    return [{ id: 'fragments', label: t('title'), marks }];
  }, [items, t]);
}
