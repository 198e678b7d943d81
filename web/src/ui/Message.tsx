import { Alert, Paragraph } from '@utrecht/component-library-react';
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

interface ErrorMessageProps {
  error: unknown;
  /** Also lists what is wrong with the input, where its fields are not on the screen. */
  withFaults?: boolean;
  /** The way on, mostly a button "Probeer opnieuw". */
  children?: ReactNode;
}

export function ErrorMessage({ error, withFaults = false, children }: ErrorMessageProps) {
  const { t } = useTranslation('problems');
  return (
    <Message type="error">
      <Paragraph>{errorText(t, error)}</Paragraph>
      {withFaults &&
        Object.values(faultTexts(t, error)).map((text) => <Paragraph key={text}>{text}</Paragraph>)}
      {children}
    </Message>
  );
}
