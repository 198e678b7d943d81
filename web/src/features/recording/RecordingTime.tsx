import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Recording } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { DoneLearning } from './DoneLearning';

interface RecordingTimeProps {
  recording: Recording;
  onErased: () => void;
}

function useStillNeeded(recordingId: string) {
  const { t } = useTranslation('recording');
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = api.useMutation('post', '/recordings/{recordingId}/still-needed', {
    onSuccess: async () => {
      announce(t('time.kept'));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['get', '/conversations'] }),
        queryClient.invalidateQueries({ queryKey: ['get', '/recordings/{recordingId}'] }),
      ]);
    },
  });
  return { keep: () => mutate({ params: { path: { recordingId } } }), error, isPending };
}

/** What its klantmanager is told of a film in good time, and how to end it. */
export function RecordingTime({ recording, onErased }: RecordingTimeProps) {
  const { t } = useTranslation('recording');
  const { keep, error, isPending } = useStillNeeded(recording.id);
  const { notice } = recording;
  const asked = notice === 'still_needed';
  return (
    <div>
      {notice && <p className="vs-time__notice">{t(`time.${notice}`)}</p>}
      {error && <ErrorMessage error={error} />}
      <div className="vs-time__actions">
        {asked && (
          <Button appearance="secondary-action-button" disabled={isPending} onClick={keep}>
            {t('time.keep')}
          </Button>
        )}
        <DoneLearning recording={recording} asked={asked} onErased={onErased} />
      </div>
    </div>
  );
}
