import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { useAnnounce } from '../../ui/LiveRegion';
import type { Player } from './player';
import { usePlayer } from './usePlayer';

/** Who looked this long goes on, and needs no telling. */
const GOES_ON_MS = 8000;

interface CameBackProps {
  player: Player;
  atMs: number;
  onDone: () => void;
}

/** Quietly over the film: you go on where you were, or from the beginning. */
export function CameBack({ player, atMs, onDone }: CameBackProps) {
  const { t } = useTranslation('recording');
  const announce = useAnnounce();
  const elsewhere = usePlayer(player, ({ positionMs }) => Math.abs(positionMs - atMs) > GOES_ON_MS);
  const text = t('place.was', { at: formatTimecode(atMs) });
  useEffect(() => announce(text), [announce, text]);
  useEffect(() => {
    if (elsewhere) onDone();
  }, [elsewhere, onDone]);
  return (
    <p className="vs-came-back">
      {text}
      <button
        type="button"
        onClick={() => {
          player.seek(0);
          onDone();
        }}
      >
        {t('place.begin')}
      </button>
    </p>
  );
}
