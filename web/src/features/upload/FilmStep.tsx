import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../api/client';
import { toApiError } from '../../api/problem';
import type { Conversation, Recording } from '../../api/types';
import { ErrorMessage, Message } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { ChosenFile } from './ChosenFile';
import { FilePicker } from './FilePicker';
import { Progress } from './Progress';
import { RecordingLine } from './RecordingLine';
import { recordingIdOf, type SendingTask } from './task';
import { begin, clear, subscribeToTasks, taskOf } from './tasks';
import { OtherFile, UnfinishedNotice } from './Unfinished';
import { SendingStorage } from './urlStorage';
import { type Chosen, useChosenFile } from './useChosenFile';
import { useRecordings } from './useRecordings';

interface AddFilmProps {
  conversation: Conversation;
  unfinished: Recording | undefined;
  maxBytes: number;
  /** The film on its way; the form waits behind it, so that a failure costs nothing of it. */
  task: SendingTask | undefined;
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
function AddFilm({ conversation, unfinished, maxBytes, task, onSent }: AddFilmProps) {
  const { t } = useTranslation('upload');
  const { checking, chosen, choose, clear: unchoose } = useChosenFile(conversation.id, maxBytes);
  const [wall, setWall] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const sent = () => {
    unchoose();
    onSent();
  };
  const anew = useStartAnew(onSent);
  // Looked up each time: a film that broke off has an address that it had not when it was chosen.
  const resumeUrlOf = ({ fingerprint }: Chosen): string | undefined => {
    const url = fingerprint === null ? null : new SendingStorage().find(fingerprint);
    return url !== null && recordingIdOf(url) === unfinished?.id ? url : undefined;
  };
  const send = (file: Chosen, startedAt?: Date) => {
    const { sniffed } = file.inspection;
    begin({
      file: file.file,
      conversationId: conversation.id,
      fingerprint: file.fingerprint,
      mimeType: sniffed.mimeType,
      filename: `opname.${sniffed.extension}`,
      startedAt,
      resumeUrl: resumeUrlOf(file),
      onDone: sent,
    });
  };
  const ended = () => {
    const stopped = task?.snapshot().state === 'stopped';
    if (stopped) sent();
    else {
      clear(conversation.id);
      void queryClient.invalidateQueries();
    }
  };
  const pickFile = (file: File) => {
    setWall(null);
    choose(file);
  };
  const pick = <FilePicker maxBytes={maxBytes} onPick={pickFile} />;
  if (task) return <Progress task={task} onEnded={ended} />;
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
  if (resumeUrlOf(chosen)) {
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
      wall={wall}
      onWall={setWall}
      onSend={(startedAt) => send(chosen, startedAt)}
      onOther={unchoose}
    />
  );
}

interface FilmStepProps {
  conversation: Conversation;
  /** What one may do first with a film that is ready. */
  first?: (recordingId: string) => ReactNode;
}

/** Step 3: the film of the conversation, or films (a camera may split one). */
export function FilmStep({ conversation, first }: FilmStepProps) {
  const { t } = useTranslation('upload');
  const queryClient = useQueryClient();
  const { data: settings } = api.useQuery('get', '/settings', {}, { staleTime: Number.POSITIVE_INFINITY });
  const recordings = useRecordings(conversation.recordingIds);
  const task = useSyncExternalStore(subscribeToTasks, () => taskOf(conversation.id));
  const [another, setAnother] = useState(false);
  const refresh = useCallback(async () => {
    // First what the server has now, then away with the progress: nothing flickers in between.
    await queryClient.invalidateQueries();
    clear(conversation.id);
    setAnother(false);
  }, [conversation.id, queryClient]);
  if (!settings) return <Placeholder size="card" />;
  const unfinished = recordings.find(({ state }) => state === 'uploading');
  const finished = recordings.filter(({ state }) => state === 'ready' || state === 'processing');
  const adding = conversation.can.upload && (another || unfinished || finished.length === 0);
  return (
    <div className="vs-film-step">
      {recordings.map((recording) => (
        <RecordingLine key={recording.id} recording={recording} first={first?.(recording.id)} />
      ))}
      {(task || adding) && (
        <AddFilm
          conversation={conversation}
          unfinished={unfinished}
          maxBytes={settings.maxUploadBytes}
          task={task}
          onSent={() => void refresh()}
        />
      )}
      {!conversation.can.upload && finished.length === 0 && <Message type="info">{t('paused')}</Message>}
      {!task && !adding && conversation.can.upload && (
        <Button appearance="subtle-button" onClick={() => setAnother(true)}>
          {t('another')}
        </Button>
      )}
    </div>
  );
}
