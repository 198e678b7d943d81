import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useDates } from '../../time/useDates';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaid } from './said';
import type { SessionSummary } from './types';
import { SESSIONS } from './useSessions';

interface RequestProps {
  session: Pick<SessionSummary, 'id' | 'title' | 'maker' | 'startsAt'> & {
    protocol: Pick<SessionSummary['protocol'], 'name'>;
  };
  /** What else is to happen: who says no is in the session no more. */
  onAnswer?: (accept: boolean) => Promise<void> | void;
}

/** A klantmanager asks a coach to lead: Yes or No, without a reason. */
export function Request({ session, onAnswer }: RequestProps) {
  const { t } = useTranslation('sessions');
  const dates = useDates();
  const said = useSaid();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const id = useId();
  const { name } = session.maker;
  const answer = api.useMutation('post', '/review-sessions/{sessionId}/request', {
    onSuccess: async (_, { body }) => {
      announce(t(body.accept ? 'request.yesDone' : 'request.noDone', { name }));
      moveFocusTo('main');
      await onAnswer?.(body.accept);
      await queryClient.invalidateQueries({ queryKey: SESSIONS });
    },
  });
  const say = (accept: boolean) =>
    answer.mutate({ params: { path: { sessionId: session.id } }, body: { accept } });
  const of = <span className="vs-visually-hidden">{`: ${session.title}`}</span>;
  return (
    <li className="vs-card" aria-labelledby={id}>
      <div className="vs-card__text">
        <h3 id={id} className="vs-request__title">
          {t('request.title', { name })}
        </h3>
        <p>{session.title}</p>
        <p className="vs-subtle">
          {t('request.when', {
            protocol: said(session.protocol.name),
            when: session.startsAt ? dates.moment(session.startsAt) : t('untimed').toLowerCase(),
          })}
        </p>
        <p className="vs-subtle">{t('request.explain')}</p>
        {answer.error && <ErrorMessage error={answer.error} />}
        <div className="vs-actions">
          <Button appearance="primary-action-button" disabled={answer.isPending} onClick={() => say(true)}>
            {t('request.yes')}
            {of}
          </Button>
          <Button appearance="secondary-action-button" disabled={answer.isPending} onClick={() => say(false)}>
            {t('request.no')}
            {of}
          </Button>
        </div>
      </div>
    </li>
  );
}
