import { useTranslation } from 'react-i18next';
import type { Scope } from '../api/types';

/** Who else may look, in one sentence. */
export function ScopeSentence({ scopes }: { scopes: readonly Scope[] }) {
  const { t, i18n } = useTranslation('app');
  if (scopes.length === 0) return <>{t('scopes.none')}</>;
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    scopes.map((scope) => t(`scopes.${scope}`)),
  );
  return <>{t('scopes.some', { names })}</>;
}
