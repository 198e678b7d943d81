import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_BASE } from '../../api/client';
import { useShowing } from '../../ui/useShowing';
import { CaptionTrack, type Said } from './CaptionTrack';
import type { Player } from './player';
import { usePlayer } from './usePlayer';
import type { ShownCaptions } from './useShownCaptions';

interface FilmProps {
  /** Of what is shown, in the API: a recording, or a fragment in a session. */
  path: string;
  player: Player;
  captions?: ShownCaptions;
  /** Someone else leads it: a press on the picture does nothing. */
  followed?: boolean;
  /** What stands over the picture. */
  children?: ReactNode;
}

/** The picture. When it leaves the screen, nothing of it stays in the browser. */
export function Film({ path, player, captions, followed = false, children }: FilmProps) {
  const { t } = useTranslation('recording');
  const ref = useRef<HTMLVideoElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const waiting = usePlayer(player, (state) => state.waiting);
  useShowing('film');
  useLayoutEffect(() => {
    const video = ref.current;
    if (!video) return undefined;
    return player.attach(video, `${API_BASE}${path}/video`);
  }, [path, player]);
  return (
    <div className={waiting ? 'vs-film vs-film--waiting' : 'vs-film'}>
      {/* biome-ignore lint/a11y/useMediaCaption: there are captions when someone added them; none are made of what people say in confidence */}
      <video
        ref={ref}
        aria-label={t('film')}
        playsInline
        preload="metadata"
        disablePictureInPicture
        controlsList="nodownload noremoteplayback"
        onClick={followed ? undefined : () => player.toggle()}
        onContextMenu={(event) => event.preventDefault()}
      >
        {captions?.tracks.map(({ language, label, updatedAt }) => (
          <CaptionTrack
            // Other captions are another track: the browser keeps the cues of one it has read.
            key={`${language} ${updatedAt}`}
            src={`${API_BASE}${path}/captions/${language}`}
            language={language}
            label={label}
            shown={captions.shown === language}
            onSaid={setSaid}
          />
        ))}
      </video>
      {said && (
        <p className="vs-said" lang={said.language} dir="auto">
          <span>{said.lines}</span>
        </p>
      )}
      {children}
    </div>
  );
}
