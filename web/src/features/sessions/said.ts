import { useTranslation } from 'react-i18next';
import type { Said } from './types';

/** What a protocol says, in the language of the screen. */
export function useSaid(): (said: Said) => string {
  const { i18n } = useTranslation();
  return (said) => (i18n.language === 'en' ? said.en : said.nl);
}
