import { useQueryClient } from '@tanstack/react-query';
import { Paragraph } from '@utrecht/component-library-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeptWhileSilent } from '../../features/annotations/KeptLine';
import { SealedGap } from '../../features/annotations/sealedGap';
import { UndoProvider } from '../../features/annotations/UndoProvider';
import { useWriting, type Writing } from '../../features/annotations/useWriting';
import { isAffected } from '../../features/events/affected';
import { useLive } from '../../features/events/live';
import type { Unsent } from '../../features/forms/keeping';
import { type Filling, useFilling } from '../../features/forms/useFilling';
import { type Choosing, useChoosing } from '../../features/fragments/useChoosing';
import type { Keeper } from '../../features/look-back/keeper';
import { useKeeper } from '../../features/look-back/useLookBack';
import { Player } from '../../features/recording/player';
import { ActionLink } from '../../ui/ActionLink';
import { Message } from '../../ui/Message';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';

/** Beside that of the notes, under a name of its own. */
const gapOfForms = (recordingId: string) => new SealedGap<Unsent>(`forms-${recordingId}`);

/** The one ending of a film, whatever the cause. */
function ErasedPage() {
  const { t } = useTranslation(['recording', 'app']);
  return (
    <Page title={t('erased')}>
      <ActionLink to="/">{t('app:toConversations')}</ActionLink>
    </Page>
  );
}

/** Who comes for a place in the film is not sent to where they were. */
function playerAt(startMs: number | undefined): Player {
  const player = new Player();
  if (startMs !== undefined) player.seek(startMs);
  return player;
}

/** What a screen about one recording works with, and what it tells. */
export interface OnRecording {
  recordingId: string;
  player: Player;
  writing: Writing;
  choosing: Choosing;
  filling: Filling;
  keeper: Keeper;
  /** The recording was there. */
  onSeen: () => void;
  /** It is not there. */
  onGone: () => void;
  onErased: () => void;
}

interface WithRecordingProps {
  recordingId: string;
  /** Of the screen, while there is no connection. */
  title: string;
  /** Where the film begins, in ms from its start; without it where one was. */
  startMs?: number | undefined;
  children: (on: OnRecording) => ReactNode;
}

type End = 'erased' | 'unknown';

/**
 * A screen about one recording. What may not be shown is not merely hidden: when the film is gone, or the server
 * has been silent, the player, the notes and everything cached about them are dropped (trust.md 1).
 */
export function WithRecording({ recordingId, title, startMs, children }: WithRecordingProps) {
  const { t } = useTranslation(['recording', 'app']);
  const live = useLive();
  const queryClient = useQueryClient();
  const writing = useWriting(recordingId);
  const choosing = useChoosing();
  const filling = useFilling(recordingId, gapOfForms);
  const keeper = useKeeper(recordingId);
  const [player] = useState(() => playerAt(startMs));
  const [end, setEnd] = useState<End | null>(null);
  const seen = useRef(false);
  const silent = live === 'silent';
  const { forget } = writing;

  const onSeen = useCallback(() => {
    seen.current = true;
  }, []);
  const onGone = useCallback(() => setEnd(seen.current ? 'erased' : 'unknown'), []);
  const onErased = useCallback(() => setEnd('erased'), []);

  useEffect(() => {
    if (!silent && !end) return;
    filling.rest();
    // By now the screen is no longer mounted: nothing asks for these again.
    const about = { kind: 'recording', id: recordingId } as const;
    queryClient.removeQueries({
      predicate: ({ queryKey }) => typeof queryKey[2] === 'object' && isAffected(queryKey, about),
    });
    void queryClient.invalidateQueries({ queryKey: ['get', '/conversations'] });
  }, [end, filling, queryClient, recordingId, silent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: forget changes with what is typed
  useEffect(() => {
    if (!end) return;
    forget();
    choosing.end();
    filling.forget();
    keeper.forget();
  }, [end]);

  if (end === 'erased') return <ErasedPage />;
  if (end === 'unknown') return <NotFoundPage />;
  // At one place, so that what can be undone stays so through a silence; gone with the film.
  return (
    <UndoProvider>
      {silent ? (
        <Page title={title}>
          <Message type="warning">
            <Paragraph>{t('silent')}</Paragraph>
            <KeptWhileSilent desk={writing.desk} />
          </Message>
        </Page>
      ) : (
        children({ recordingId, player, writing, choosing, filling, keeper, onSeen, onGone, onErased })
      )}
    </UndoProvider>
  );
}
