import { api } from '../../api/client';

export const SHARING = '/recordings/{recordingId}/sharing';

/** At most this old is what is said of who sees something now: not all that changes it is told. */
const AGAIN_MS = 10_000;

/** Who sees what of a recording of one's own now, while this is on screen. What is not known now is not said. */
export function useSharing(recordingId: string) {
  const asked = api.useQuery(
    'get',
    SHARING,
    { params: { path: { recordingId } } },
    { refetchInterval: AGAIN_MS, refetchOnMount: 'always', gcTime: 0 },
  );
  return { ...asked, data: asked.isError ? undefined : asked.data?.items };
}
