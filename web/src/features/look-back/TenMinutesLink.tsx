import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ActionLink } from '../../ui/ActionLink';

interface TenMinutesLinkProps {
  recordingId: string;
  appearance?: 'primary-action' | 'secondary-action';
}

/** The way to the ten minutes of a film, until they are done. */
export function TenMinutesLink({ recordingId, appearance = 'secondary-action' }: TenMinutesLinkProps) {
  const { t } = useTranslation('lookBack');
  const { data } = api.useQuery('get', '/recordings/{recordingId}/look-back', {
    params: { path: { recordingId } },
  });
  if (!data || data.step === 'done') return null;
  return (
    <ActionLink to={`/opnames/${recordingId}/tien-minuten`} appearance={appearance}>
      {t(data.step ? 'tenMinutes.resume' : 'tenMinutes.start')}
    </ActionLink>
  );
}
