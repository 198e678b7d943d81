import { useTranslation } from 'react-i18next';
import { changeLanguage } from './i18n';
import { type Language, languages, rememberLanguage } from './language';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation('app');
  const choose = (language: Language) => {
    rememberLanguage(language);
    document.documentElement.lang = language;
    void changeLanguage(language);
  };
  return (
    <fieldset className="vs-languages">
      <legend className="vs-visually-hidden">{t('language')}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => choose(language)}
        >
          <span aria-hidden="true">{t(`languageShort.${language}`)}</span>
          <span className="vs-visually-hidden">{t(`languageName.${language}`)}</span>
        </button>
      ))}
    </fieldset>
  );
}
