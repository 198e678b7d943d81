import { Button, Paragraph } from '@utrecht/component-library-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionLink } from '../ui/ActionLink';
import { Page } from './Page';

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <Page title={t('notFound.title')}>
      <Paragraph>{t('notFound.body')}</Paragraph>
      <ActionLink to="/">{t('toConversations')}</ActionLink>
    </Page>
  );
}

/** A fault of ours. Nothing about it is sent anywhere. */
export function FaultPage() {
  const { t } = useTranslation('app');
  return (
    <main id="main" className="vs-main">
      <h1 className="utrecht-heading-1">{t('fault.title')}</h1>
      <Paragraph>{t('fault.body')}</Paragraph>
      <Button appearance="primary-action-button" onClick={() => window.location.assign('/')}>
        {t('fault.again')}
      </Button>
    </main>
  );
}

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <FaultPage /> : this.props.children;
  }
}
