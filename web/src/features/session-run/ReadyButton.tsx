import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';

interface ReadyButtonProps {
  ready: boolean;
  saving: boolean;
  onReady: (ready: boolean) => void;
}

/** "Ik ben klaar", on or off. */
export function ReadyButton({ ready, saving, onReady }: ReadyButtonProps) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  return (
    <Button
      appearance="secondary-action-button"
      className={ready ? 'vs-ready vs-ready--yes' : 'vs-ready'}
      aria-pressed={ready}
      onClick={() => {
        // Not `disabled` meanwhile: focus would fall to the page.
        if (saving) return;
        announce(t(ready ? 'ready.saidNot' : 'ready.said'));
        onReady(!ready);
      }}
    >
      {t('ready.button')}
    </Button>
  );
}
