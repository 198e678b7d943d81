import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api/client';
import { planChange, planOf } from '../../features/sessions/planForm';
import type { Session } from '../../features/sessions/types';
import { useRefreshSession } from '../../features/sessions/useSession';
import { ActionLink } from '../../ui/ActionLink';
import { useAnnounce } from '../../ui/LiveRegion';
import { Page } from '../Page';
import { SessionForm } from '../sessions/SessionForm';
import { WithSession } from '../sessions/WithSession';

function Change({ session }: { session: Session }) {
  const { t } = useTranslation(['sessions', 'app']);
  const announce = useAnnounce();
  const navigate = useNavigate();
  const refresh = useRefreshSession(session.id);
  // What one began to change is what is sent: another's change meanwhile is not overwritten.
  const begun = useRef(session);
  const change = api.useMutation('patch', '/review-sessions/{sessionId}', {
    onSuccess: async () => {
      announce(t('form.changed'));
      await refresh();
      void navigate(`/sessies/${session.id}`, { replace: true });
    },
  });
  return (
    <Page
      title={t('form.change')}
      actions={
        <ActionLink to={`/sessies/${session.id}`} appearance="secondary-action">
          {t('app:back')}
        </ActionLink>
      }
    >
      <SessionForm
        first={planOf(begun.current)}
        isNew={false}
        saving={change.isPending}
        error={change.error}
        onSave={(form) =>
          change.mutate({
            params: { path: { sessionId: session.id }, header: { 'If-Match': `"${begun.current.version}"` } },
            body: planChange(form),
          })
        }
      />
    </Page>
  );
}

/** Changing a plan: everything, until the session runs. */
export function ChangeSessionPage() {
  const { sessionId = '' } = useParams();
  return <WithSession sessionId={sessionId}>{(session) => <Change session={session} />}</WithSession>;
}
