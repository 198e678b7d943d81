import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import type { Signal } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';
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
    <Dialog title={t('putAway.title')} onClose={onClose}>
      <Paragraph>{signal.text}</Paragraph>
      <Paragraph>{t('putAway.forever')}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          hint="danger"
          disabled={saving}
          onClick={() => void save(() => actions.putAway(signal), onGone)}
        >
          {t('putAway.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('putAway.keep')}
        </Button>
      </div>
    </Dialog>
  );
}
