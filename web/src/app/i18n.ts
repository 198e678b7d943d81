import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { resources } from '../locales';
import { type Language, rememberedLanguage } from './language';

const namespaces = Object.keys(resources.nl) as (keyof typeof resources.nl)[];

void i18next.use(initReactI18next).init({
  resources,
  lng: rememberedLanguage(),
  fallbackLng: 'nl',
  defaultNS: 'app',
  ns: namespaces,
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
});

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

export default i18next;
