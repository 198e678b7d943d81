import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isGone } from '../../api/problem';
import type { Session } from '../../features/sessions/types';
import { useSession } from '../../features/sessions/useSession';
import { ActionLink } from '../../ui/ActionLink';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

interface WithSessionProps {
  sessionId: string;
  children: (session: Session) => ReactNode;
}

/** A screen about one session: while it comes, when it fails, and when there is none for this person. */
export function WithSession({ sessionId, children }: WithSessionProps) {
  const { t } = useTranslation(['sessions', 'app']);
  const { data, error, refetch } = useSession(sessionId);
  if (error && isGone(error)) {
    return (
      <Page title={t('app:notFound.title')} lead={t('app:notFound.body')}>
        <ActionLink to="/sessies">{t('toSessions')}</ActionLink>
      </Page>
    );
  }
  if (data) return <>{children(data)}</>;
  return (
    <Page title={t('one')}>
      {error ? <ErrorMessage error={error} again={refetch} /> : <Placeholder size="page" />}
    </Page>
  );
}
