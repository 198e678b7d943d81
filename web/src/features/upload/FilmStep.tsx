import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../api/client';
import { toApiError } from '../../api/problem';
import type { Conversation, Recording } from '../../api/types';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { ChosenFile } from './ChosenFile';
import { FilePicker } from './FilePicker';
import { Progress } from './Progress';
import { RecordingLine } from './RecordingLine';
import { recordingIdOf } from './task';
import { begin, clear, subscribeToTasks, taskOf } from './tasks';
import { OtherFile, UnfinishedNotice } from './Unfinished';
import { type Chosen, useChosenFile } from './useChosenFile';
import { useRecordings } from './useRecordings';

interface AddFilmProps {
  conversation: Conversation;
  unfinished: Recording | undefined;
  maxBytes: number;
  onSent: () => void;
}

function useStartAnew(onErased: () => void) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const erase = async (uploadId: string) => {
    setBusy(true);
    try {
      await client.DELETE('/uploads/{uploadId}', {
        params: { path: { uploadId }, header: { 'Tus-Resumable': '1.0.0' } },
      });
      onErased();
    } catch (failure) {
      if (toApiError(failure).status === 404) onErased();
      else setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { erase, busy, error };
}

/** Choose, look at the file, send. */
function AddFilm({ conversation, unfinished, maxBytes, onSent }: AddFilmProps) {
  const { t } = useTranslation('upload');
  const { checking, chosen, choose, clear: unchoose } = useChosenFile(conversation.id, maxBytes);
  const anew = useStartAnew(onSent);
  const isSame = (file: Chosen) => unfinished && recordingIdOf(file.resumeUrl) === unfinished.id;
  const send = (file: Chosen, startedAt?: Date) => {
    const { sniffed } = file.inspection;
    begin({
      file: file.file,
      conversationId: conversation.id,
      fingerprint: file.fingerprint,
      mimeType: sniffed.mimeType,
      filename: `opname.${sniffed.extension}`,
      startedAt,
      resumeUrl: isSame(file) ? (file.resumeUrl ?? undefined) : undefined,
      onDone: onSent,
    });
    unchoose();
  };
  const pick = <FilePicker maxBytes={maxBytes} onPick={choose} />;
  if (checking) return <p role="status">{t('checking')}</p>;
  if (!chosen) {
    return (
      <>
        {unfinished && <UnfinishedNotice recording={unfinished} />}
        {anew.error !== null && <ErrorMessage error={anew.error} />}
        {pick}
      </>
    );
  }
  if (isSame(chosen)) {
    return (
      <div className="vs-chosen">
        <p>{t('sameFile')}</p>
        <Button appearance="primary-action-button" onClick={() => send(chosen)}>
          {t('resume')}
        </Button>
      </div>
    );
  }
  if (unfinished) {
    return (
      <OtherFile
        chosen={chosen}
        busy={anew.busy}
        onChooseAgain={unchoose}
        onStartAnew={() => void anew.erase(unfinished.id)}
      />
    );
  }
  return (
    <ChosenFile
      key={`${chosen.file.name}${chosen.file.size}`}
      chosen={chosen}
      maxBytes={maxBytes}
      consentSince={new Date(conversation.consentSince ?? conversation.heldAt)}
      onSend={(startedAt) => send(chosen, startedAt)}
      onOther={unchoose}
    />
  );
}

/** Step 3: the film of the conversation, or films (a camera may split one). */
export function FilmStep({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('upload');
  const queryClient = useQueryClient();
  const { data: settings } = api.useQuery('get', '/settings', {}, { staleTime: Number.POSITIVE_INFINITY });
  const recordings = useRecordings(conversation.recordingIds);
  const task = useSyncExternalStore(subscribeToTasks, () => taskOf(conversation.id));
  const [another, setAnother] = useState(false);
  const refresh = useCallback(() => {
    clear(conversation.id);
    setAnother(false);
    void queryClient.invalidateQueries();
  }, [conversation.id, queryClient]);
  if (!settings) return <Placeholder size="card" />;
  const unfinished = recordings.find(({ state }) => state === 'uploading');
  const finished = recordings.filter(({ state }) => state === 'ready' || state === 'processing');
  const adding = conversation.can.upload && (another || unfinished || finished.length === 0);
  return (
    <div className="vs-film-step">
      {recordings.map((recording) => (
        <RecordingLine key={recording.id} recording={recording} />
      ))}
      {task && <Progress task={task} onEnded={refresh} />}
      {!task && adding && (
        <AddFilm
          conversation={conversation}
          unfinished={unfinished}
          maxBytes={settings.maxUploadBytes}
          onSent={refresh}
        />
      )}
      {!task && !adding && conversation.can.upload && (
        <Button appearance="subtle-button" onClick={() => setAnother(true)}>
          {t('another')}
        </Button>
      )}
    </div>
  );
}
