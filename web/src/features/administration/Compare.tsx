import { Heading2, Select, SelectOption } from '@utrecht/component-library-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { TextDocument, TextLanguage } from '../../api/types';
import { Asked } from '../../ui/Asked';

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="vs-choice">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </Select>
    </div>
  );
}

function useDocumentName() {
  const { t } = useTranslation('administration');
  return (name: string): string => {
    const version = /^consent\/(.+)$/.exec(name)?.[1];
    if (version !== undefined) return t('texts.consent', { version });
    return t(`texts.documents.${name as 'limits' | 'privacy' | 'accessibility' | 'pages'}`);
  };
}

interface SideBySideProps {
  dutch: TextDocument;
  other: TextDocument | undefined;
  language: TextLanguage;
}

function SideBySide({ dutch, other, language }: SideBySideProps) {
  const { t } = useTranslation('administration');
  const translated = new Map(other?.lines.map(({ key, text }) => [key, text]));
  return (
    <dl className="vs-beside">
      {dutch.lines.map(({ key, text }) => (
        <div key={key} className="vs-beside__pair">
          <dt className="vs-subtle">{key}</dt>
          <dd lang="nl">{text}</dd>
          <dd lang={language.tag} dir={language.direction}>
            {translated.get(key) ?? t('texts.missing')}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function useDocuments(language: string) {
  return api.useQuery('get', '/administration/texts/documents', { params: { query: { language } } });
}

/** One document of one language beside the Dutch, sentence by sentence. */
export function Compare({ languages }: { languages: readonly TextLanguage[] }) {
  const { t } = useTranslation('administration');
  const documentName = useDocumentName();
  const leading = languages.find(({ authoritative }) => authoritative)?.tag ?? 'nl';
  const others = languages.filter(({ authoritative }) => !authoritative);
  const [tag, setTag] = useState(others[0]?.tag ?? leading);
  const [chosen, setChosen] = useState<string | null>(null);
  const dutch = useDocuments(leading);
  const other = useDocuments(tag);
  const language = others.find((candidate) => candidate.tag === tag);
  if (!language) return null;
  return (
    <section className="vs-section">
      <Heading2>{t('texts.beside')}</Heading2>
      <Asked query={dutch}>
        {({ documents }) => {
          const document = documents.find(({ name }) => name === chosen) ?? documents[0];
          if (!document) return null;
          return (
            <>
              <div className="vs-choices">
                <Choice label={t('texts.choose')} value={tag} onChange={setTag}>
                  {others.map(({ tag: value, name }) => (
                    <SelectOption key={value} value={value}>
                      {name}
                    </SelectOption>
                  ))}
                </Choice>
                <Choice label={t('texts.document')} value={document.name} onChange={setChosen}>
                  {documents.map(({ name }) => (
                    <SelectOption key={name} value={name}>
                      {documentName(name)}
                    </SelectOption>
                  ))}
                </Choice>
              </div>
              <Asked query={other}>
                {(translation) => (
                  <SideBySide
                    dutch={document}
                    other={translation.documents.find(({ name }) => name === document.name)}
                    language={language}
                  />
                )}
              </Asked>
            </>
          );
        }}
      </Asked>
    </section>
  );
}
