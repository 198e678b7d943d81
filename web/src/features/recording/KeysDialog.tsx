import { Button } from '@utrecht/component-library-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import type { KeyBindings } from './keys';

/** Every row there is, with the key that must act for it to be there. */
const rows = [
  ['play', 'space'],
  ['arrows', 'arrowleft'],
  ['jkl', 'j'],
  ['frames', ','],
  ['speed', '<'],
  ['interval', 'r'],
  ['piece', 'i'],
  ['repeat', 'r'],
  ['note', 'n'],
  ['moments', '1'],
  ['undo', 'n'],
  ['search', '/'],
  ['zoom', '+'],
  ['marks', null],
  ['sound', 'm'],
  ['captions', 'c'],
  ['full', 'f'],
  ['escape', null],
  ['help', null],
] as const;

/** What acts here, and no more. Where a piece repeats, what it is for is said once. */
function rowsOf(keys: KeyBindings) {
  return rows
    .filter(([row, key]) => (key === null || key in keys) && !(row === 'piece' && 'r' in keys))
    .map(([row]) => row);
}

interface KeysDialogProps {
  /** What acts on this page. */
  keys: KeyBindings;
  enabled: boolean;
  onEnable: (enabled: boolean) => void;
  onClose: () => void;
}

export function KeysDialog({ keys, enabled, onEnable, onClose }: KeysDialogProps) {
  const { t } = useTranslation(['recording', 'app']);
  const id = useId();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="vs-keys">
        {rowsOf(keys).map((row) => (
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
