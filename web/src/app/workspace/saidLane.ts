import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Said } from '../../features/after-session/types';
import type { Lane } from '../../features/recording/timelineLayout';
import { formatTimecode } from '../../time/timecode';

const LABEL_LENGTH = 60;

/** The line of what was said in sessions; there is none while nothing was. */
export function useSaidLane(said: readonly Said[], meId: string | undefined): Lane[] {
  const { t } = useTranslation(['afterSession', 'sessionRun']);
  return useMemo(() => {
    const marks = said
      .flatMap(({ contributions }) => contributions)
      .flatMap(({ id, startMs, endMs, kind, author, body, parentId }) =>
        startMs === undefined || parentId !== undefined
          ? []
          : {
              id,
              startMs,
              endMs,
              kind,
              label: t('said.mark', {
                name: author.id === meId ? t('said.you') : author.name,
                kind: t(`sessionRun:kinds.${kind}`),
                at: formatTimecode(startMs),
                text: body.length > LABEL_LENGTH ? `${body.slice(0, LABEL_LENGTH)}…` : body,
              }),
            },
      );
    return marks.length === 0 ? [] : [{ id: 'said', label: t('said.lane'), marks }];
  }, [meId, said, t]);
}
