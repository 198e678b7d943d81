import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { Signal } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';
import { useSaving } from '../../ui/useSaving';
import type { SignalActions } from './useSignals';

interface PutAwayProps {
  signal: Signal;
  actions: SignalActions;
  onGone: () => void;
  onClose: () => void;
}

/** Its key is destroyed at once, so there is no undoing: it asks first. */
export function PutAway({ signal, actions, onGone, onClose }: PutAwayProps) {
  const { t } = useTranslation('signals');
  const { saving, error, save } = useSaving();
  return (
    <AskFirst
      title={t('putAway.title')}
      yes={t('putAway.confirm')}
      no={t('putAway.keep')}
      danger
      busy={saving}
      error={error}
      onYes={() => void save(() => actions.putAway(signal), onGone)}
      onClose={onClose}
    >
      <Paragraph>{signal.text}</Paragraph>
      <Paragraph>{t('putAway.forever')}</Paragraph>
    </AskFirst>
  );
}
