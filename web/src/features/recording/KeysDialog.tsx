import { Button } from '@utrecht/component-library-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';

/** Every key there is. */
const rows = [
  'play',
  'arrows',
  'jkl',
  'frames',
  'speed',
  'interval',
  'repeat',
  'note',
  'moments',
  'undo',
  'search',
  'zoom',
  'marks',
  'sound',
  'captions',
  'full',
  'escape',
  'help',
] as const;

interface KeysDialogProps {
  enabled: boolean;
  onEnable: (enabled: boolean) => void;
  onClose: () => void;
}

export function KeysDialog({ enabled, onEnable, onClose }: KeysDialogProps) {
  const { t } = useTranslation(['recording', 'app']);
  const id = useId();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="vs-keys">
        {rows.map((row) => (
          <div key={row}>
            <dt>
              {t(`keys.rows.${row}.keys`)
                .split(' ')
                .map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
            </dt>
            <dd>{t(`keys.rows.${row}.does`)}</dd>
          </div>
        ))}
      </dl>
      <p className="vs-check">
        <input
          id={id}
          type="checkbox"
          checked={enabled}
          onChange={(event) => onEnable(event.target.checked)}
        />
        <label htmlFor={id}>{t('keys.enabled')}</label>
      </p>
      <p className="vs-subtle">{t('keys.typing')}</p>
      <div className="vs-actions">
        <Button appearance="primary-action-button" onClick={onClose}>
          {t('app:close')}
        </Button>
      </div>
    </Dialog>
  );
}
