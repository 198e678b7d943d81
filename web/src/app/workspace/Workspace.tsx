import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { SaidPanel } from '../../features/after-session/SaidPanel';
import type { Said } from '../../features/after-session/types';
import { useSaid } from '../../features/after-session/useSaid';
import { MomentBar } from '../../features/annotations/MomentBar';
import { NotesPanel } from '../../features/annotations/NotesPanel';
import { useMoments } from '../../features/annotations/useMoments';
import { useNotes } from '../../features/annotations/useNotes';
import type { Writing } from '../../features/annotations/useWriting';
import { ExportNotes } from '../../features/export/ExportNotes';
import { FormsPanel } from '../../features/forms/FormsPanel';
import type { Filling } from '../../features/forms/useFilling';
import { useForms } from '../../features/forms/useForms';
import { FragmentsPanel } from '../../features/fragments/FragmentsPanel';
import type { Choosing } from '../../features/fragments/useChoosing';
import { useFragments } from '../../features/fragments/useFragments';
import type { Keeper } from '../../features/look-back/keeper';
import { PromptBar } from '../../features/look-back/PromptBar';
import { useLookBack } from '../../features/look-back/useLookBack';
import { usePrompt } from '../../features/look-back/usePrompt';
import { KeysDialog } from '../../features/recording/KeysDialog';
import { useKeys, useKeysOn } from '../../features/recording/keys';
import type { Player } from '../../features/recording/player';
import { Timeline } from '../../features/recording/Timeline';
import type { Mark } from '../../features/recording/timelineLayout';
import { TimelineView } from '../../features/recording/timelineView';
import { useFilmKeys } from '../../features/recording/useFilmKeys';
import type { usePlace } from '../../features/recording/usePlace';
import { usePlayer } from '../../features/recording/usePlayer';
import { FilterField } from '../../features/search/FilterField';
import { useFilter } from '../../features/search/useFilter';
import { SharePanel } from '../../features/sessions/SharePanel';
import { useMe } from '../../features/sign-in/useMe';
import { formatTimecode } from '../../time/timecode';
import { type Tab, Tabs } from '../../ui/Tabs';
import { useShowing } from '../../ui/useShowing';
import { useFilmCaptions } from './captions';
import { FilmBox } from './FilmBox';
import { useFragmentLane } from './fragmentLane';
import { NoteNow, PRE_ROLL_MS } from './NoteNow';
import { useNoteLanes } from './noteLanes';
import { playPassage } from './passages';
import { useSaidLane } from './saidLane';
import { useComposing } from './useComposing';

const NONE: readonly Said[] = [];

interface WorkspaceProps {
  recording: Recording;
  player: Player;
  place: ReturnType<typeof usePlace>;
  writing: Writing;
  choosing: Choosing;
  filling: Filling;
  keeper: Keeper;
  /** The film broke off: ask the server whether it is still there. */
  onFailed: () => void;
}

export function Workspace(props: WorkspaceProps) {
  const { recording, player, place, writing, choosing, filling, keeper, onFailed } = props;
  const { t } = useTranslation(['recording', 'app', 'search']);
  useShowing('workspace');
  const frame = useRef<HTMLDivElement>(null);
  const notes = useNotes(recording.id);
  const items = notes.query.data?.items;
  const fragments = useFragments(recording.id);
  const forms = useForms(recording.id);
  const noteLanes = useNoteLanes(items);
  const fragmentLane = useFragmentLane(fragments.query.data?.items);
  const meId = useMe().data?.id;
  const said = useSaid(recording.id).data?.items ?? NONE;
  const saidLane = useSaidLane(said, meId);
  // What stands on the timeline, from top to bottom: one line per feature.
  const lanes = useMemo(
    () => [...noteLanes, ...saidLane, ...fragmentLane],
    [noteLanes, saidLane, fragmentLane],
  );
  const [chosenId, setChosenId] = useState<string | null>(null);
  const noteNow = { player, notes: items, chosenId };
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const [tab, setTab] = useState('notes');
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useKeysOn();
  const [view] = useState(() => new TimelineView());
  const filmKeys = useFilmKeys(player, view, frame);
  const captions = useFilmCaptions(recording.id);
  const toggleCaptions = captions.toggle;
  const kept = useLookBack(recording.id, keeper);
  const prompt = usePrompt(kept.lookBack);
  const { bodyRef, start, done } = useComposing(player, writing, prompt);
  const canAnnotate = recording.can.annotate;
  const nowMs = useCallback(() => player.snapshot().positionMs, [player]);
  const moments = useMoments(notes.actions, nowMs);
  const now = useCallback(() => formatTimecode(player.snapshot().positionMs, true), [player]);

  const go = useCallback(
    ({ id, startMs }: Pick<Mark, 'id' | 'startMs'>) => {
      setChosenId(id);
      player.seek(startMs - PRE_ROLL_MS);
    },
    [player],
  );
  const playing = useRef<() => void>(() => {});
  const playPart = useCallback(
    (startMs: number, endMs: number) => {
      playing.current();
      playing.current = playPassage(player, startMs, endMs);
    },
    [player],
  );
  useEffect(() => () => playing.current(), []);
  const choose = useCallback(
    (id: string) => {
      const note = items?.find((item) => item.id === id);
      if (note) go(note);
    },
    [go, items],
  );
  const filter = useFilter();
  const filterRef = useRef<HTMLInputElement>(null);
  const search = useCallback(() => {
    // At once: what is hidden takes no focus.
    flushSync(() => setTab('notes'));
    filterRef.current?.focus();
  }, []);
  const bindings = useMemo(
    () => ({
      ...filmKeys,
      c: toggleCaptions,
      '?': () => setHelp(true),
      '/': search,
      ...(canAnnotate && { n: start, ...moments.keys }),
    }),
    [canAnnotate, filmKeys, moments, search, start, toggleCaptions],
  );
  useKeys(bindings, keysOn);

  // One line per tab; what a feature needs of the film it gets as plain functions.
  const tabs: Tab[] = [
    {
      id: 'notes',
      label: t('tabs.notes'),
      panel: (
        <>
          {canAnnotate && <PromptBar {...kept} />}
          <NoteNow {...noteNow}>
            {(currentId) => (
              <NotesPanel
                notes={notes}
                writing={writing}
                canAnnotate={canAnnotate}
                durationMs={durationMs}
                currentId={currentId}
                now={now}
                bodyRef={bodyRef}
                onStart={start}
                onChoose={choose}
                onDone={done}
                prompt={prompt}
                wanted={filter.wanted}
                search={{
                  field: <FilterField filter={filter} fieldRef={filterRef} />,
                  nothing: t('search:filterNothing'),
                }}
              />
            )}
          </NoteNow>
          <SaidPanel said={said} meId={meId} currentId={chosenId} onChoose={go} />
          <ExportNotes recordingId={recording.id} />
        </>
      ),
    },
    {
      id: 'forms',
      label: t('tabs.forms'),
      panel: (
        <FormsPanel
          forms={forms}
          filling={filling}
          canFill={canAnnotate}
          film={{
            now: () => player.snapshot().positionMs,
            durationMs,
            onJump: (ms) => player.seek(ms - PRE_ROLL_MS),
          }}
        />
      ),
    },
    {
      id: 'fragments',
      label: t('tabs.fragments'),
      panel: (
        <FragmentsPanel
          fragments={fragments}
          choosing={choosing}
          canChoose={canAnnotate}
          durationMs={durationMs}
          marked={() => player.piece()}
          now={() => player.snapshot().positionMs}
          onShow={(ms) => {
            player.pause();
            player.seek(ms);
          }}
          onPlay={playPart}
        />
      ),
    },
    {
      id: 'share',
      label: t('tabs.share'),
      panel: tab === 'share' && <SharePanel recording={recording} />,
    },
  ];

  return (
    <div className="vs-workspace">
      <div className="vs-workspace__left">
        <FilmBox
          recordingId={recording.id}
          player={player}
          place={place}
          captions={captions}
          frame={frame}
          onHelp={() => setHelp(true)}
          onFailed={onFailed}
        />
        {canAnnotate && <MomentBar moments={moments} />}
      </div>
      <div className="vs-workspace__timeline">
        <NoteNow {...noteNow}>
          {(currentId) => (
            <Timeline player={player} view={view} lanes={lanes} currentId={currentId} onChoose={go} />
          )}
        </NoteNow>
      </div>
      <div className="vs-workspace__side">
        <div className="vs-workspace__panel">
          <Tabs label={t('tabs.label')} tabs={tabs} chosen={tab} onChoose={setTab} />
        </div>
      </div>
      {help && (
        <KeysDialog keys={bindings} enabled={keysOn} onEnable={setKeysOn} onClose={() => setHelp(false)} />
      )}
    </div>
  );
}
