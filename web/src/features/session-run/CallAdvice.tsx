import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';

/** A session at a distance runs beside a call: what to do there, and what not. */
export function CallAdvice() {
  const { t } = useTranslation('sessionRun');
  return (
    <>
      <Paragraph>{t('call.teams')}</Paragraph>
      <Paragraph>{t('call.phone')}</Paragraph>
    </>
  );
}
