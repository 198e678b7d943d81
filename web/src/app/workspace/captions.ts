import { useMemo } from 'react';
import { useLanguageName } from '../../features/captions/languages';
import { useCaptions } from '../../features/captions/useCaptions';
import { type ShownCaptions, useShownCaptions } from '../../features/recording/useShownCaptions';

/** The captions of a recording as the player shows them. */
export function useFilmCaptions(recordingId: string): ShownCaptions {
  const { tracks } = useCaptions(recordingId);
  const name = useLanguageName();
  const named = useMemo(
    () => tracks.map(({ language, updatedAt }) => ({ language, updatedAt, label: name(language) })),
    [name, tracks],
  );
  return useShownCaptions(named);
}
