import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { FRAGMENTS_TITLE } from './places';
import { useRefreshSession } from './useSession';

interface TakeBackProps {
  sessionId: string;
  n: number;
  /** Which fragment, for who hears the button. */
  what: string;
  /** The id of what gets focus afterwards: the button goes away with the fragment. */
  then?: string;
}

/** "Terugnemen": asks nothing, works at any second. */
export function TakeBack({ sessionId, n, what, then = FRAGMENTS_TITLE }: TakeBackProps) {
  const { t } = useTranslation('sessions');
  const announce = useAnnounce();
  const refresh = useRefreshSession(sessionId);
  const back = api.useMutation('delete', '/review-sessions/{sessionId}/fragments/{n}', {
    onSuccess: async () => {
      announce(t('takeBack.done'));
      moveFocusTo(then);
      await refresh();
    },
  });
  return (
    <div>
      <Button
        appearance="secondary-action-button"
        disabled={back.isPending}
        onClick={() => back.mutate({ params: { path: { sessionId, n } } })}
      >
        {t('takeBack.button')}
        <span className="vs-visually-hidden">{t('takeBack.what', { what })}</span>
      </Button>
      {back.error && <ErrorMessage error={back.error} />}
    </div>
  );
}
