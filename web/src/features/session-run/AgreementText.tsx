import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { useAgreement } from './useAgreement';
import { useText } from './words';

/** The agreement, to be read aloud in the room. */
export function AgreementText() {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  const agreement = useAgreement();
  if (!agreement) return null;
  return (
    <section className="vs-presence__agreement" aria-labelledby="agreement-title">
      <h2 id="agreement-title" className="vs-together__title">
        {t('room.agreement')}
      </h2>
      <Paragraph>{t('room.agreementAll')}</Paragraph>
      <blockquote>{text(agreement)}</blockquote>
    </section>
  );
}
