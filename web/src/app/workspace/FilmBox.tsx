import { Button, Paragraph } from '@utrecht/component-library-react';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameBack } from '../../features/recording/CameBack';
import { Controls } from '../../features/recording/Controls';
import { Film } from '../../features/recording/Film';
import type { Player } from '../../features/recording/player';
import type { usePlace } from '../../features/recording/usePlace';
import { usePlayer } from '../../features/recording/usePlayer';
import type { ShownCaptions } from '../../features/recording/useShownCaptions';
import { Message } from '../../ui/Message';

interface FilmBoxProps {
  recordingId: string;
  player: Player;
  place: ReturnType<typeof usePlace>;
  captions: ShownCaptions;
  /** What fills the screen: film and controls together. */
  frame: RefObject<HTMLDivElement>;
  onHelp: () => void;
  /** The film broke off: ask the server whether it is still there. */
  onFailed: () => void;
}

/** The film with its controls, and the way to try again when it will not play. */
export function FilmBox(props: FilmBoxProps) {
  const { recordingId, player, place, captions, frame, onHelp, onFailed } = props;
  const { t } = useTranslation(['recording', 'app']);
  const failed = usePlayer(player, (state) => state.failed);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per failure
  useEffect(() => {
    if (failed) onFailed();
  }, [failed]);
  return (
    <>
      <div className="vs-workspace__player" ref={frame}>
        <Film key={attempt} path={`/recordings/${recordingId}`} player={player} captions={captions}>
          {place.cameBackMs !== null && (
            <CameBack player={player} atMs={place.cameBackMs} onDone={place.forget} />
          )}
        </Film>
        <Controls player={player} captions={captions} frame={frame} onHelp={onHelp} />
      </div>
      {failed && (
        <Message type="warning">
          <Paragraph>{t('failed')}</Paragraph>
          <Button appearance="secondary-action-button" onClick={() => setAttempt((n) => n + 1)}>
            {t('app:tryAgain')}
          </Button>
        </Message>
      )}
    </>
  );
}
