import { useTranslation } from 'react-i18next';
import { Page, type PageProps } from '../Page';

/** A screen under the title of a session; the tab says none of its words. */
export function SessionTitled(page: Omit<PageProps, 'tab'>) {
  const { t } = useTranslation('sessions');
  return <Page {...page} tab={t('one')} />;
}
