import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/sign-in/useMe';
import { Signals } from '../../features/signals/Signals';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';

export function SignalsPage() {
  const { t } = useTranslation('signals');
  const { data: me } = useMe();
  if (!me?.can.keepSignals) return <NotFoundPage />;
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Signals />
    </Page>
  );
}
