import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { CallAdvice } from './CallAdvice';

/** The same advice one step away, while the session runs. */
export function CallDialog() {
  const { t } = useTranslation(['sessionRun', 'app']);
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setShown(true)}>
        {t('call.show')}
      </Button>
      {shown && (
        <Dialog title={t('call.title')} onClose={() => setShown(false)}>
          <CallAdvice />
          <div className="vs-actions">
            <Button appearance="secondary-action-button" onClick={() => setShown(false)}>
              {t('app:back')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
