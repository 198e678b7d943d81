import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { ActionLink } from '../../ui/ActionLink';
import type { Session } from './types';

/** After the end. What an owner writes then they write alone, and when they like. */
export function Finished({ session }: { session: Session }) {
  const { t } = useTranslation('sessionRun');
  return (
    <>
      <Paragraph>{t('finish.closedNow')}</Paragraph>
      {session.me.owns.length > 0 && <Paragraph>{t('finish.owner')}</Paragraph>}
      <div className="vs-actions">
        {session.me.owns.length > 0 && (
          <ActionLink to={`/sessies/${session.id}/erna`}>{t('finish.ownerLink')}</ActionLink>
        )}
        <ActionLink to="/sessies" appearance="secondary-action">
          {t('finish.toSessions')}
        </ActionLink>
      </div>
    </>
  );
}
