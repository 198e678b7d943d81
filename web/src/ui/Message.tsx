import { Alert, Button, Paragraph } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText, faultTexts } from '../api/errorText';

interface MessageProps {
  type?: 'info' | 'ok' | 'warning' | 'error';
  children: ReactNode;
}

/** A sentence that matters now. Errors interrupt a screen reader, the rest waits its turn. */
export function Message({ type = 'info', children }: MessageProps) {
  return (
    <Alert type={type} role={type === 'error' ? 'alert' : 'status'}>
      {children}
    </Alert>
  );
}

function TryAgain({ again }: { again: () => unknown }) {
  const { t } = useTranslation('app');
  return (
    <Button appearance="secondary-action-button" onClick={() => void again()}>
      {t('tryAgain')}
    </Button>
  );
}

interface ErrorMessageProps {
  error: unknown;
  /** Also lists what is wrong with the input, where its fields are not on the screen. */
  withFaults?: boolean;
  /** Asks once more: a button "Probeer opnieuw". */
  again?: () => unknown;
  /** Another way on. */
  children?: ReactNode;
}

export function ErrorMessage({ error, withFaults = false, again, children }: ErrorMessageProps) {
  const { t } = useTranslation('problems');
  return (
    <Message type="error">
      <Paragraph>{errorText(t, error)}</Paragraph>
      {withFaults &&
        Object.values(faultTexts(t, error)).map((text) => <Paragraph key={text}>{text}</Paragraph>)}
      {again && <TryAgain again={again} />}
      {children}
    </Message>
  );
}
