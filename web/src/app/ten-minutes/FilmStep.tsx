import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookBack, LookBackChange, Memory } from '../../api/types';
import { Composer } from '../../features/annotations/Composer';
import { NOTES_TITLE } from '../../features/annotations/notesTitle';
import { useNotes } from '../../features/annotations/useNotes';
import type { Writing } from '../../features/annotations/useWriting';
import { placeOf } from '../../features/look-back/places';
import { usePrompt } from '../../features/look-back/usePrompt';
import { Controls } from '../../features/recording/Controls';
import { Film } from '../../features/recording/Film';
import { KeysDialog } from '../../features/recording/KeysDialog';
import { useKeys, useKeysOn } from '../../features/recording/keys';
import type { Player } from '../../features/recording/player';
import { TimelineView } from '../../features/recording/timelineView';
import { useFilmKeys } from '../../features/recording/useFilmKeys';
import { usePlace } from '../../features/recording/usePlace';
import { usePlayer } from '../../features/recording/usePlayer';
import { formatTimecode } from '../../time/timecode';
import { useFilmCaptions } from '../workspace/captions';
import { useComposing } from '../workspace/useComposing';

const recall = { phase: 'recall' } as const;

interface FilmStepProps {
  recordingId: string;
  player: Player;
  writing: Writing;
  canAnnotate: boolean;
  lookBack: LookBack;
  keep: (change: LookBackChange) => void;
  onNext: () => void;
}

/** Puts the film where it is to begin before there is a picture; true when it is. */
function useBegin(player: Player, { positionMs }: LookBack, memory: Memory | undefined): boolean {
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const [begun, setBegun] = useState(false);
  const late = useRef(positionMs === 0 && durationMs === 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; after that the film goes its own way
  useLayoutEffect(() => {
    player.seek(player.snapshot().positionMs || positionMs);
    setBegun(true);
  }, []);
  useEffect(() => {
    // Some films tell their length only now.
    if (!late.current || durationMs === 0) return;
    late.current = false;
    if (memory) player.seek(placeOf(memory.part, durationMs));
  }, [durationMs, memory, player]);
  return begun;
}

function Remembered({ memory, number, of }: { memory: Memory; number: number; of: number }) {
  const { t } = useTranslation('lookBack');
  return (
    <div className="vs-remembered">
      <p className="vs-remembered__label">{of > 1 ? t('memory.line', { number }) : t('film.youWrote')}</p>
      <blockquote>{memory.text}</blockquote>
      <p className="vs-subtle">{t(`film.around.${memory.part}`)}</p>
    </div>
  );
}

/** The film at what stayed with someone, in one calm column. */
export function FilmStep(props: FilmStepProps) {
  const { recordingId, player, writing, canAnnotate, lookBack, keep, onNext } = props;
  const { t } = useTranslation('lookBack');
  const frame = useRef<HTMLDivElement>(null);
  const [view] = useState(() => new TimelineView());
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useKeysOn();
  const notes = useNotes(recordingId);
  // Ten minutes are for recall; what could be otherwise comes later.
  const prompt = usePrompt(recall);
  const { bodyRef, start, done } = useComposing(player, writing, prompt);
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const { memories, memoryIndex } = lookBack;
  const memory = memories[memoryIndex];
  const following = memories[memoryIndex + 1];
  const begun = useBegin(player, lookBack, memory);
  usePlace(recordingId, player, true);
  const filmKeys = useFilmKeys(player, view, frame);
  const captions = useFilmCaptions(recordingId);
  const bindings = useMemo(
    () => ({
      ...filmKeys,
      c: captions.toggle,
      '?': () => setHelp(true),
      ...(canAnnotate && { n: start }),
    }),
    [canAnnotate, captions.toggle, filmKeys, start],
  );
  useKeys(bindings, keysOn);
  const goOn = (next: Memory) => {
    const positionMs = placeOf(next.part, durationMs);
    player.seek(positionMs);
    keep({ memoryIndex: memoryIndex + 1, positionMs });
  };
  return (
    <>
      {memory ? (
        <Remembered memory={memory} number={memoryIndex + 1} of={memories.length} />
      ) : (
        <Paragraph>{t('film.none')}</Paragraph>
      )}
      <div className="vs-workspace__player" ref={frame}>
        {begun && <Film path={`/recordings/${recordingId}`} player={player} captions={captions} />}
        <Controls player={player} captions={captions} frame={frame} onHelp={() => setHelp(true)} />
      </div>
      <div className="vs-actions">
        {canAnnotate && !writing.composing && (
          <Button appearance="secondary-action-button" onClick={start}>
            {t('film.note')} <span className="vs-key">{t('film.noteKey')}</span>
          </Button>
        )}
        {following && (
          <Button appearance="secondary-action-button" onClick={() => goOn(following)}>
            {t('film.following')}
          </Button>
        )}
      </div>
      <Composer
        notes={notes.actions}
        writing={writing}
        durationMs={durationMs}
        now={() => formatTimecode(player.snapshot().positionMs, true)}
        bodyRef={bodyRef}
        onDone={done}
        prompt={prompt}
      />
      <p id={NOTES_TITLE} className="vs-subtle vs-noted" tabIndex={-1}>
        {notes.query.data && notes.query.data.items.length > 0 && t('film.noted')}
      </p>
      <div className="vs-actions vs-step-actions">
        <Button appearance="primary-action-button" onClick={onNext}>
          {t('film.next')}
        </Button>
        <Button appearance="subtle-button" onClick={onNext}>
          {t('tenMinutes.skip')}
        </Button>
      </div>
      {help && (
        <KeysDialog keys={bindings} enabled={keysOn} onEnable={setKeysOn} onClose={() => setHelp(false)} />
      )}
    </>
  );
}
