import { Paragraph } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { RegisterClosing } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { useRefreshRegister } from './useRegister';
import { channels, invalidities } from './words';

interface ProposeDialogProps {
  recordId: string;
  kind: RegisterClosing['kind'];
  onClose: () => void;
}

/** The first of two people says what, and how it was asked or why; nothing changes yet. */
export function ProposeDialog({ recordId, kind, onClose }: ProposeDialogProps) {
  const { t } = useTranslation('register');
  const announce = useAnnounce();
  const refresh = useRefreshRegister();
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const onSuccess = () => {
    announce(t('propose.sent'));
    refresh();
    onClose();
  };
  const close = api.useMutation('post', '/register/records/{recordId}/closings', { onSuccess });
  const invalidate = api.useMutation('post', '/register/records/{recordId}/invalidate', { onSuccess });
  const error = close.error ?? invalidate.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const params = { path: { recordId } };
    const how = channels.find((channel) => channel === chosen);
    const reason = invalidities.find((invalidity) => invalidity === chosen);
    if (kind === 'invalidated') {
      if (reason) invalidate.mutate({ params, body: { reason } });
    } else if (how) close.mutate({ params, body: { kind, how } });
  };
  const options =
    kind === 'invalidated'
      ? invalidities.map((reason) => [reason, t(`invalidity.${reason}`)] as const)
      : channels.map((channel) => [channel, t(`channel.${channel}`)] as const);
  return (
    <Dialog title={t(`propose.${kind}.title`)} onClose={onClose}>
      <Paragraph>{t(`propose.${kind}.what`)}</Paragraph>
      <form autoComplete="off" onSubmit={submit}>
        <OneOf
          name="why"
          legend={t(kind === 'invalidated' ? 'propose.reason' : 'propose.how')}
          options={options}
          value={chosen}
          missing={checked && chosen === undefined}
          onChange={setChosen}
        />
        <Paragraph>{t('act.two')}</Paragraph>
        {error && <ErrorMessage error={error} />}
        <DialogButtons
          yes={t('propose.send')}
          busy={close.isPending || invalidate.isPending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
