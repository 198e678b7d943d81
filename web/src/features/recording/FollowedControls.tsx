import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { ControlButton } from './ControlButton';
import type { Player } from './player';
import { useFullScreen } from './useFullScreen';
import { usePlayer } from './usePlayer';
import { Volume } from './Volume';

interface FollowedControlsProps {
  player: Player;
  frame: RefObject<HTMLElement>;
  /** Who starts and stops it. */
  children: ReactNode;
}

/** Under a film that someone else leads: where it is, who leads it, and what is one's own. */
export function FollowedControls({ player, frame, children }: FollowedControlsProps) {
  const { t } = useTranslation('recording');
  const positionMs = usePlayer(player, (state) => Math.floor(state.positionMs / 1000) * 1000);
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const fullScreen = useFullScreen(frame);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar of buttons, no form
    <div className="vs-controls" role="group" aria-label={t('controls')}>
      <div className="vs-controls__row">
        <p className="vs-controls__led">{children}</p>
        <span className="vs-controls__space" />
        <span className="vs-controls__at">
          {t('position', { at: formatTimecode(positionMs), of: formatTimecode(durationMs) })}
        </span>
        <Volume player={player} />
        <ControlButton icon="full" label={t('fullScreen')} onClick={fullScreen} />
      </div>
    </div>
  );
}
