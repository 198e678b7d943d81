import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from './steps';

/** A protocol's own words, in the language of the screen. */
export function useText(): (text: Text) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return useCallback((text) => (english ? text.en : text.nl), [english]);
}
