import { useTranslation } from 'react-i18next';
import { NextSteps } from '../../features/next-steps/NextSteps';
import { Page } from '../Page';

export function NextStepsPage() {
  const { t } = useTranslation('nextSteps');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NextSteps />
    </Page>
  );
}
