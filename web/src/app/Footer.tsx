import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/client';

/** The promise, on every page, with the way to what it rests on. */
export function Footer({ signedIn }: { signedIn: boolean }) {
  const { t } = useTranslation(['app', 'roster']);
  const { data: settings } = api.useQuery('get', '/settings', {}, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <footer className="vs-footer">
      <div className="vs-footer__inner">
        <p className="vs-footer__promise">{t('footer.promise')}</p>
        <nav aria-label={t('footer.navigation')}>
          <ul>
            {signedIn && (
              <li>
                <Link to="/verklaringen">{t('roster:receipts.title')}</Link>
              </li>
            )}
            <li>
              <a href="/eerlijke-grenzen">{t('footer.limits')}</a>
            </li>
            <li>
              <a href="/privacy">{t('footer.privacy')}</a>
            </li>
            <li>
              <a href="/toegankelijkheid">{t('footer.accessibility')}</a>
            </li>
          </ul>
        </nav>
        <p className="vs-footer__small">
          {settings && (
            <>
              {settings.organisation}
              {' · '}
              {t('footer.version', { version: settings.version })}
              {' · '}
              <abbr title={settings.policyHash}>
                {t('footer.policy', { hash: settings.policyHash.slice(0, 8) })}
              </abbr>
            </>
          )}
        </p>
      </div>
    </footer>
  );
}
