import { Button, Paragraph } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { ErrorMessage } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { useRefreshRegister } from './useRegister';
import { unmaskReasons } from './words';

/** Asks who stands behind the pseudonym, and shows the name as long as the dialog is open. */
export function UnmaskDialog({ recordId, onClose }: { recordId: string; onClose: () => void }) {
  const { t } = useTranslation(['register', 'app']);
  const refresh = useRefreshRegister();
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const unmask = api.useMutation('post', '/register/records/{recordId}/unmask', { onSuccess: refresh });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const reason = unmaskReasons.find((one) => one === chosen);
    if (reason) unmask.mutate({ params: { path: { recordId } }, body: { reason } });
  };
  return (
    <Dialog title={t('unmask.title')} onClose={onClose}>
      {unmask.data ? (
        <div role="status">
          <Paragraph>
            <strong>{t('unmask.answer', { name: unmask.data.name })}</strong>
          </Paragraph>
          <Paragraph>{t('unmask.once')}</Paragraph>
          <div className="vs-actions">
            <Button appearance="primary-action-button" onClick={onClose}>
              {t('app:close')}
            </Button>
          </div>
        </div>
      ) : (
        <form autoComplete="off" onSubmit={submit}>
          <Paragraph>{t('unmask.what')}</Paragraph>
          <OneOf
            name="reason"
            legend={t('unmask.reason')}
            options={unmaskReasons.map((reason) => [reason, t(`unmaskReason.${reason}`)] as const)}
            value={chosen}
            missing={checked && chosen === undefined}
            onChange={setChosen}
          />
          {unmask.error && <ErrorMessage error={unmask.error} />}
          <DialogButtons yes={t('unmask.ask')} busy={unmask.isPending} onClose={onClose} />
        </form>
      )}
    </Dialog>
  );
}
