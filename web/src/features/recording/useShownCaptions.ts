import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';

interface Track {
  language: string;
  label: string;
  /** Other captions came in its place when this changes. */
  updatedAt: string;
}

/** The language that is shown first: that of the screen, else Dutch, else the first there is. */
export function preferred(tracks: readonly Track[], screen: string): Track | undefined {
  return (
    tracks.find(({ language }) => language === screen) ??
    tracks.find(({ language }) => language === 'nl') ??
    tracks[0]
  );
}

/** Which captions are on the screen; none at first. */
export function useShownCaptions(tracks: readonly Track[]) {
  const { t, i18n } = useTranslation('recording');
  const announce = useAnnounce();
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = tracks.some(({ language }) => language === wanted) ? wanted : null;
  const show = useCallback(
    (language: string | null) => {
      setWanted(language);
      const label = tracks.find((track) => track.language === language)?.label;
      announce(label === undefined ? t('captions.saidOff') : t('captions.saidOn', { language: label }));
    },
    [announce, t, tracks],
  );
  const toggle = useCallback(() => {
    const track = preferred(tracks, i18n.language);
    if (track) show(shown === null ? track.language : null);
  }, [i18n.language, show, shown, tracks]);
  return useMemo(() => ({ tracks, shown, show, toggle }), [show, shown, toggle, tracks]);
}

export type ShownCaptions = ReturnType<typeof useShownCaptions>;
