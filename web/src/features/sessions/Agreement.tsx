import { Button } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ErrorMessage } from '../../ui/Message';
import { useSaid } from './said';
import type { AgreementText } from './types';
import { useRefreshSession } from './useSession';

interface AgreementProps {
  sessionId: string;
  text: AgreementText;
  agreed: boolean;
  onAccepted: () => void;
  /** The way back, beside the button. */
  children: ReactNode;
}

/** One sentence per line: it is read, not scrolled past. */
function sentences(text: string): string[] {
  return text.split(/(?<=\.)\s+/);
}

/** The safe-haven agreement, to be read and accepted before one looks along. */
export function Agreement({ sessionId, text, agreed, onAccepted, children }: AgreementProps) {
  const { t } = useTranslation('sessions');
  const said = useSaid();
  const refresh = useRefreshSession(sessionId);
  const accept = api.useMutation('post', '/review-sessions/{sessionId}/agreement', {
    onSuccess: async () => {
      await refresh();
      onAccepted();
    },
  });
  return (
    <>
      <blockquote className="vs-agreement">
        {sentences(said(text)).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </blockquote>
      {accept.error && <ErrorMessage error={accept.error} />}
      <p className="vs-subtle">{t(agreed ? 'agreement.done' : 'agreement.later')}</p>
      <div className="vs-actions">
        {!agreed && (
          <Button
            appearance="primary-action-button"
            disabled={accept.isPending}
            onClick={() =>
              accept.mutate({ params: { path: { sessionId } }, body: { version: text.version } })
            }
          >
            {t('agreement.accept')}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}
