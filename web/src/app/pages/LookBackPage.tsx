import { useQueryClient } from '@tanstack/react-query';
import { Paragraph } from '@utrecht/component-library-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { UndoProvider } from '../../features/annotations/UndoProvider';
import { useWriting } from '../../features/annotations/useWriting';
import { isAffected } from '../../features/events/affected';
import { useLive } from '../../features/events/live';
import { useChoosing } from '../../features/fragments/useChoosing';
import { Player } from '../../features/recording/player';
import { ActionLink } from '../../ui/ActionLink';
import { Message } from '../../ui/Message';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';
import { LookBack } from './LookBack';

/** The one ending of a film, whatever the cause. */
function ErasedPage() {
  const { t } = useTranslation(['recording', 'app']);
  return (
    <Page title={t('erased')}>
      <ActionLink to="/">{t('app:toConversations')}</ActionLink>
    </Page>
  );
}

type End = 'erased' | 'unknown';

/**
 * Looking back on one film. What may not be shown is not merely hidden: when the film is gone, or the server
 * has been silent, the player, the notes and everything cached about them are dropped (trust.md 1).
 */
function LookBackOn({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation(['recording', 'app']);
  const live = useLive();
  const queryClient = useQueryClient();
  const writing = useWriting();
  const choosing = useChoosing();
  const [player] = useState(() => new Player());
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
    // By now LookBack is no longer mounted: nothing asks for these again.
    const about = { kind: 'recording', id: recordingId } as const;
    queryClient.removeQueries({
      predicate: ({ queryKey }) => typeof queryKey[2] === 'object' && isAffected(queryKey, about),
    });
    void queryClient.invalidateQueries({ queryKey: ['get', '/conversations'] });
  }, [end, queryClient, recordingId, silent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: forget changes with what is typed
  useEffect(() => {
    if (!end) return;
    forget();
    choosing.end();
  }, [end]);

  if (end === 'erased') return <ErasedPage />;
  if (end === 'unknown') return <NotFoundPage />;
  // At one place, so that what can be undone stays so through a silence; gone with the film.
  return (
    <UndoProvider>
      {silent ? (
        <Page title={t('title')}>
          <Message type="warning">
            <Paragraph>{t('silent')}</Paragraph>
          </Message>
        </Page>
      ) : (
        <LookBack
          recordingId={recordingId}
          player={player}
          writing={writing}
          choosing={choosing}
          onSeen={onSeen}
          onGone={onGone}
          onErased={onErased}
        />
      )}
    </UndoProvider>
  );
}

export function LookBackPage() {
  const { recordingId = '' } = useParams();
  return <LookBackOn key={recordingId} recordingId={recordingId} />;
}
