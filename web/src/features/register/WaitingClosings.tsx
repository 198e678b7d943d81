import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { RegisterClosing } from '../../api/types';
import { useDates } from '../../time/useDates';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { ConfirmDialog } from './ConfirmDialog';
import { useRefreshRegister } from './useRegister';

interface WaitingProps {
  closing: RegisterClosing;
  /** Whether the way to the record is offered: not on the record's own page. */
  linked: boolean;
}

/** One proposal: who made it, and what a second person can do with it. */
export function WaitingClosing({ closing, linked }: WaitingProps) {
  const { t } = useTranslation('register');
  const dates = useDates();
  const announce = useAnnounce();
  const refresh = useRefreshRegister();
  const [confirming, setConfirming] = useState(false);
  const takeBack = api.useMutation('post', '/register/closings/{closingId}/take-back', {
    onSuccess: refresh,
  });
  const why = closing.reason ? t(`invalidity.${closing.reason}`) : closing.how && t(`channel.${closing.how}`);
  return (
    <li className="vs-waiting">
      <p className="vs-waiting__what">
        <strong>{t(`closing.${closing.kind}`)}</strong>
        {why && <span className="vs-subtle">{why}</span>}
      </p>
      <p className="vs-subtle">
        {t('closing.proposed', { who: closing.proposedBy, moment: dates.moment(closing.proposedAt) })}
        {'. '}
        {t('closing.lapses', { moment: dates.moment(closing.lapsesAt) })}
      </p>
      {closing.can.takeBack && !closing.can.confirm && <Paragraph>{t('closing.own')}</Paragraph>}
      {takeBack.error && <ErrorMessage error={takeBack.error} />}
      <div className="vs-actions">
        {closing.can.confirm && (
          <Button appearance="primary-action-button" onClick={() => setConfirming(true)}>
            {t('closing.confirm')}
          </Button>
        )}
        {closing.can.takeBack && (
          <Button
            appearance="secondary-action-button"
            disabled={takeBack.isPending}
            onClick={() => takeBack.mutate({ params: { path: { closingId: closing.id } } })}
          >
            {t('closing.takeBack')}
          </Button>
        )}
        {linked && (
          <Link className="utrecht-link" to={`/register/${closing.recordId}`}>
            {t('closing.look')}
          </Link>
        )}
      </div>
      {confirming && (
        <ConfirmDialog
          closing={closing}
          onDone={(inForce) => {
            setConfirming(false);
            announce(t(inForce ? 'closing.done' : 'closing.later'));
            refresh();
          }}
          onClose={() => setConfirming(false)}
        />
      )}
    </li>
  );
}

/** What waits for a second person, before anything else. */
export function WaitingClosings() {
  const { t } = useTranslation('register');
  const { data } = api.useQuery('get', '/register/closings', {});
  if (!data || data.items.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('closing.waitingTitle')}</h2>
      <ul className="vs-notices">
        {data.items.map((closing) => (
          <WaitingClosing key={closing.id} closing={closing} linked />
        ))}
      </ul>
    </section>
  );
}
