import { Button } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogButtonsProps {
  /** On the button that does it. */
  yes: ReactNode;
  /** On the way back; "Annuleren" where there are no better words. */
  no?: ReactNode;
  /** It cannot be undone. */
  danger?: boolean;
  /** While it is being done. */
  busy?: boolean;
  /** Without it the button sends the form that it is in. */
  onYes?: () => void;
  onClose: () => void;
}

/** Under what a dialog asks: the button that does it, and the way back. */
export function DialogButtons({ yes, no, danger, busy = false, onYes, onClose }: DialogButtonsProps) {
  const { t } = useTranslation('app');
  return (
    <div className="vs-actions">
      <Button
        appearance="primary-action-button"
        {...(danger && { hint: 'danger' as const })}
        {...(onYes ? { onClick: onYes } : { type: 'submit' as const })}
        disabled={busy}
      >
        {yes}
      </Button>
      <Button appearance="secondary-action-button" onClick={onClose}>
        {no ?? t('cancel')}
      </Button>
    </div>
  );
}
