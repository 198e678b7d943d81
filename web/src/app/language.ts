export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

const COOKIE = 'vakspiegel_language';
const YEAR_IN_SECONDS = 365 * 24 * 3600;

function isLanguage(value: string | undefined): value is Language {
  return languages.some((language) => language === value);
}

/** The chosen language, Dutch when none was chosen. The only thing about a person's taste that is kept. */
export function rememberedLanguage(): Language {
  const value = new RegExp(`(?:^|; )${COOKIE}=([a-z]{2})`).exec(document.cookie)?.[1];
  return isLanguage(value) ? value : 'nl';
}

export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax`;
}
