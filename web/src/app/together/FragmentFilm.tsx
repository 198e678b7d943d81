import { Button, Paragraph } from '@utrecht/component-library-react';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Controls } from '../../features/recording/Controls';
import { Film } from '../../features/recording/Film';
import { FollowedControls } from '../../features/recording/FollowedControls';
import { KeysDialog } from '../../features/recording/KeysDialog';
import { type KeyBindings, useKeys, useKeysOn } from '../../features/recording/keys';
import { Timeline } from '../../features/recording/Timeline';
import type { Lane, Mark } from '../../features/recording/timelineLayout';
import { TimelineView } from '../../features/recording/timelineView';
import { useFilmKeys } from '../../features/recording/useFilmKeys';
import { usePlayer } from '../../features/recording/usePlayer';
import type { FollowingFilm } from '../../features/session-run/live';
import { Message } from '../../ui/Message';
import type { LedPlayer } from './ledPlayer';

/** A piece that repeats on one screen is not what everyone sees. */
function withoutPieces({ i: _i, o: _o, r: _r, escape: _escape, ...keys }: KeyBindings): KeyBindings {
  return keys;
}

interface FragmentFilmProps {
  /** Of the fragment in the API. */
  path: string;
  player: LedPlayer;
  /** Whether one moves the film oneself: alone, or for everyone. */
  leads: boolean;
  /** Who moves it, said under the picture. */
  leader: ReactNode;
  following: FollowingFilm;
  lanes: readonly Lane[];
  currentId: string | null;
  appearing: boolean;
  /** Of what one writes beside it; nothing where nobody writes. */
  keys?: KeyBindings | undefined;
  onVideo: (video: HTMLVideoElement | null) => void;
  onChoose: (mark: Mark) => void;
}

/** Browsers begin no film by themselves where nobody pressed anything yet. */
function Join({ following }: { following: FollowingFilm }) {
  const { t } = useTranslation('sessionRun');
  return (
    <div className="vs-film__join">
      <Button appearance="primary-action-button" onClick={() => following.join()}>
        {t('film.join')}
      </Button>
      <p>{t('film.joinWhy')}</p>
    </div>
  );
}

function Failed({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation(['sessionRun', 'app']);
  return (
    <Message type="warning">
      <Paragraph>{t('film.failedToPlay')}</Paragraph>
      <Button appearance="secondary-action-button" onClick={onAgain}>
        {t('app:tryAgain')}
      </Button>
    </Message>
  );
}

/** A fragment with its timeline. Its controls are there for whoever moves it; the others see who does. */
export function FragmentFilm(props: FragmentFilmProps) {
  const { path, player, leads, leader, following, lanes, currentId, appearing, keys, onVideo, onChoose } =
    props;
  const frame = useRef<HTMLDivElement>(null);
  const [view] = useState(() => new TimelineView());
  const [help, setHelp] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [keysOn, setKeysOn] = useKeysOn();
  const failed = usePlayer(player, (state) => state.failed);
  const filmKeys = useFilmKeys(player, view, frame);
  const bindings = useMemo(
    () => ({ ...(leads && { ...withoutPieces(filmKeys), '?': () => setHelp(true) }), ...keys }),
    [filmKeys, keys, leads],
  );
  useKeys(bindings, keysOn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt has another <video>
  useLayoutEffect(() => {
    onVideo(frame.current?.querySelector('video') ?? null);
    return () => onVideo(null);
  }, [attempt, onVideo]);
  return (
    <>
      <div className="vs-workspace__player" ref={frame}>
        <Film key={attempt} path={path} player={player} followed={!leads}>
          {following.following === 'refused' && <Join following={following} />}
        </Film>
        {leads ? (
          <Controls player={player} frame={frame} onHelp={() => setHelp(true)} />
        ) : (
          <FollowedControls player={player} frame={frame}>
            {leader}
          </FollowedControls>
        )}
      </div>
      {leads && leader && <p className="vs-run__leads">{leader}</p>}
      {failed && <Failed onAgain={() => setAttempt((n) => n + 1)} />}
      <div className={appearing ? 'vs-run__timeline vs-run__timeline--appears' : 'vs-run__timeline'}>
        <Timeline
          player={player}
          view={view}
          lanes={lanes}
          currentId={currentId}
          followed={!leads}
          pieces={false}
          onChoose={onChoose}
        />
      </div>
      {help && (
        <KeysDialog keys={bindings} enabled={keysOn} onEnable={setKeysOn} onClose={() => setHelp(false)} />
      )}
    </>
  );
}
