import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/types';

/** What those in the room wish or still have to say, as one for all: nobody is named. */
export function Wishes({ conversation: { lookback, sharingWaits } }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  return (
    <>
      {lookback && <Paragraph>{t('wishes.lookback')}</Paragraph>}
      {sharingWaits && <Paragraph>{t('wishes.sharingWaits')}</Paragraph>}
    </>
  );
}
