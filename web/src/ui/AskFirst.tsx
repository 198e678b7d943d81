import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';
import { DialogButtons } from './DialogButtons';
import { ErrorMessage } from './Message';

interface AskFirstProps {
  /** The question. */
  title: ReactNode;
  /** What happens after a yes. */
  children: ReactNode;
  /** On the button that does it. */
  yes: ReactNode;
  /** On the way back; "Terug" where there are no better words. */
  no?: ReactNode;
  /** It cannot be undone. */
  danger?: boolean;
  /** While it is being done. */
  busy?: boolean;
  /** What went wrong, null or undefined when nothing did. It can be tried again. */
  error?: unknown;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before something is done: what happens then, the button that does it, and the way back. */
export function AskFirst(props: AskFirstProps) {
  const { title, children, yes, no, danger = false, busy = false, error, onYes, onClose } = props;
  const { t } = useTranslation('app');
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error != null && <ErrorMessage error={error} />}
      <DialogButtons
        yes={yes}
        no={no ?? t('back')}
        danger={danger}
        busy={busy}
        onYes={onYes}
        onClose={onClose}
      />
    </Dialog>
  );
}
