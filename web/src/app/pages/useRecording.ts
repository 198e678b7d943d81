import { useEffect, useLayoutEffect } from 'react';
import { api } from '../../api/client';
import { isGone } from '../../api/problem';
import type { OnRecording } from './WithRecording';

/** What the server says of the recording of a screen; the screen hears that it was there, or that it is gone. */
export function useRecording({ recordingId, player, onSeen, onGone }: OnRecording) {
  const { data, error, refetch } = api.useQuery('get', '/recordings/{recordingId}', {
    params: { path: { recordingId } },
  });
  const gone = error !== null && isGone(error);
  // Before the next paint: no frame of a film that is gone.
  useLayoutEffect(() => {
    if (gone) onGone();
  }, [gone, onGone]);
  useEffect(() => {
    if (!data) return;
    onSeen();
    if (data.durationMs !== undefined) player.setKnownDuration(data.durationMs);
  }, [data, onSeen, player]);
  return { data, error, refetch, gone };
}
