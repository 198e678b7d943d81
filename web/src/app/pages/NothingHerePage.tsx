import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../Page';

/** For colleagues whose role has nothing to do here yet. */
export function NothingHerePage() {
  const { t } = useTranslation('app');
  return (
    <Page title={t('nothingHere.title')}>
      <Paragraph>{t('nothingHere.what')}</Paragraph>
      <Paragraph>{t('nothingHere.yet')}</Paragraph>
    </Page>
  );
}
