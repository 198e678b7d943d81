import { useTranslation } from 'react-i18next';
import { ActionLink } from '../../ui/ActionLink';
import type { Session } from './types';

/** Where one takes part: in one room that runs, the leader has the screen and the others their phones. */
function place({ id, place, state, can }: Session): string {
  if (place === 'distance' || state === 'preparing') return `/sessies/${id}/samen`;
  return `/sessies/${id}/${can.lead ? 'scherm' : 'telefoon'}`;
}

/** The way in, for who accepted the agreement: to prepare, to begin, or to join. */
export function EnterSession({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  const { id, state, me, can } = session;
  if ((state !== 'preparing' && state !== 'running') || !me.agreed) return null;
  const inRoom = session.place === 'room' && state === 'preparing' && can.start;
  return (
    <div className="vs-actions">
      <ActionLink to={place(session)}>{t(state === 'running' ? 'enter.join' : 'enter.prepare')}</ActionLink>
      {inRoom && (
        <ActionLink to={`/sessies/${id}/scherm`} appearance="secondary-action">
          {t('enter.room')}
        </ActionLink>
      )}
    </div>
  );
}
