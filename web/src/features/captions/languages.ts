import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Those in which the product speaks itself. */
export const languages = ['nl', 'en', 'ar', 'tr', 'pl', 'uk'] as const;

/** The name of a language in the language of the screen. */
export function useLanguageName(): (code: string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
    return (code) => {
      const name = names.of(code) ?? code;
      return name.charAt(0).toLocaleUpperCase(i18n.language) + name.slice(1);
    };
  }, [i18n.language]);
}
