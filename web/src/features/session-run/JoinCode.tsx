import { useTranslation } from 'react-i18next';
import { API_BASE } from '../../api/client';

/** The way for phones: the address of the session's page for them. It opens nothing; signing in does. */
export function JoinCode({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('sessionRun');
  return (
    <figure className="vs-join">
      <img
        src={`${API_BASE}/review-sessions/${sessionId}/qr`}
        alt={t('room.codeAlt')}
        width={240}
        height={240}
      />
      <figcaption>{t('room.codeHow')}</figcaption>
    </figure>
  );
}
