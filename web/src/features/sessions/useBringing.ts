import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { NewSessionFragment } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { useRefreshSession } from './useSession';

/** Bringing a fragment of one's own into a session. */
export function useBringing(sessionId: string) {
  const { t } = useTranslation('sessions');
  const announce = useAnnounce();
  const refresh = useRefreshSession(sessionId);
  const { mutate, isPending, error } = api.useMutation('post', '/review-sessions/{sessionId}/fragments', {
    onSuccess: () => refresh(),
  });
  const bring = (body: NewSessionFragment, title: string) =>
    mutate(
      { params: { path: { sessionId } }, body },
      { onSuccess: () => announce(t('bring.done', { title })) },
    );
  return { bring, isPending, error };
}

export type Bringing = ReturnType<typeof useBringing>;
