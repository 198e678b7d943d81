import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { DemoPeople } from '../../features/sign-in/DemoPeople';
import { safeReturnPath } from '../../features/sign-in/returnPath';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

export function SignInPage() {
  const { t } = useTranslation('signIn');
  const [search] = useSearchParams();
  const returnPath = safeReturnPath(search.get('terug'));
  const settings = api.useQuery('get', '/settings', {}, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Page title={t('title')} lead={t('lead')}>
      {settings.isPending && <Placeholder size="page" />}
      {settings.error && <ErrorMessage error={settings.error} again={settings.refetch} />}
      {settings.data?.mode === 'demo' && (
        <>
          <Paragraph>{t('demo')}</Paragraph>
          <DemoPeople people={settings.data.people} returnPath={returnPath} />
        </>
      )}
      {settings.data?.mode === 'serve' && (
        // The server sends on to the municipality's own sign-in, so this is a real link.
        <a
          className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action"
          href={`/aanmelden?terug=${encodeURIComponent(returnPath)}`}
        >
          {t('withAccount', { organisation: settings.data.organisation })}
        </a>
      )}
    </Page>
  );
}
