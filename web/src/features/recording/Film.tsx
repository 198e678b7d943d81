import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { API_BASE } from '../../api/client';
import type { Player } from './player';
import { usePlayer } from './usePlayer';

interface FilmProps {
  recordingId: string;
  player: Player;
  /** What stands over the picture. */
  children?: ReactNode;
}

/** The picture. When it leaves the screen, nothing of it stays in the browser. */
export function Film({ recordingId, player, children }: FilmProps) {
  const { t } = useTranslation('recording');
  const ref = useRef<HTMLVideoElement>(null);
  const waiting = usePlayer(player, (state) => state.waiting);
  useLayoutEffect(() => {
    const video = ref.current;
    if (!video) return undefined;
    return player.attach(video, `${API_BASE}/recordings/${recordingId}/video`);
  }, [player, recordingId]);
  return (
    <div className={waiting ? 'vs-film vs-film--waiting' : 'vs-film'}>
      {/* biome-ignore lint/a11y/useMediaCaption: the product makes no captions of what people say in confidence */}
      <video
        ref={ref}
        aria-label={t('film')}
        playsInline
        preload="metadata"
        disablePictureInPicture
        controlsList="nodownload noremoteplayback"
        onClick={() => player.toggle()}
        onContextMenu={(event) => event.preventDefault()}
      />
      {children}
    </div>
  );
}
