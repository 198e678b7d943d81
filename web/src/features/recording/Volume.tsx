import { useTranslation } from 'react-i18next';
import { ControlButton } from './ControlButton';
import type { Player } from './player';
import { usePlayer } from './usePlayer';

/** How loud it is here, whoever leads the film. */
export function Volume({ player }: { player: Player }) {
  const { t } = useTranslation('recording');
  const muted = usePlayer(player, (state) => state.muted);
  const volume = usePlayer(player, (state) => state.volume);
  return (
    <div className="vs-volume">
      <ControlButton
        icon={muted ? 'muted' : 'sound'}
        label={t(muted ? 'unmute' : 'mute')}
        onClick={() => player.toggleMuted()}
      />
      <input
        type="range"
        aria-label={t('volume')}
        aria-valuetext={t('percent', { percent: Math.round(volume * 100) })}
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        onChange={(event) => player.setVolume(Number(event.target.value))}
      />
    </div>
  );
}
