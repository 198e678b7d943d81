import { Button } from '@utrecht/component-library-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormTemplate } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { codeOf, type ListDraft } from './draft';
import { ListEditor } from './ListEditor';
import { useLists, useVersions } from './useLists';

/** A form that does not exist yet: no code is empty. */
const NEW = '';

interface FormsProps {
  /** A form as the klantmanager sees it. */
  preview: (template: FormTemplate) => ReactNode;
}

/** The draft as the template it would become. */
function templateOf({ title, lead, current, entries }: ListDraft): FormTemplate {
  const label = ({ nl, en }: { nl: string; en: string }) => ({ nl, en: en || nl });
  return {
    code: 'preview',
    version: 0,
    title: label(title),
    ...(lead.nl && { lead: label(lead) }),
    current,
    entries: entries.map((entry) => ({
      code: entry.key,
      kind: entry.kind ?? 'question',
      label: label(entry),
    })),
  };
}

function OneForm({ code, preview }: { code: string } & FormsProps) {
  const query = useVersions('form', code);
  return (
    <Asked query={query}>
      {({ items }) => (
        <ListEditor
          kind="form"
          code={code}
          versions={items}
          publishAs={() => code}
          preview={(draft) => preview(templateOf(draft))}
        />
      )}
    </Asked>
  );
}

/** The observation forms: choose one to change, or make one. */
export function Forms({ preview }: FormsProps) {
  const { t, i18n } = useTranslation('learningLists');
  const query = useLists();
  const [chosen, setChosen] = useState<string | null>(null);
  const language = i18n.language === 'en' ? 'en' : 'nl';
  return (
    <Asked query={query}>
      {({ forms }) => {
        const code = chosen ?? forms[0]?.code ?? NEW;
        const taken = new Set(forms.map((form) => form.code));
        return (
          <>
            <ul className="vs-forms" aria-label={t('form.choose')}>
              {forms.map((form) => (
                <li key={form.code}>
                  <button
                    type="button"
                    aria-pressed={form.code === code}
                    onClick={() => setChosen(form.code)}
                  >
                    {form.title[language]}
                    {!form.current && <span className="vs-subtle"> {t('form.away')}</span>}
                  </button>
                </li>
              ))}
              <li>
                <Button
                  appearance="secondary-action-button"
                  pressed={code === NEW}
                  onClick={() => setChosen(NEW)}
                >
                  {t('form.new')}
                </Button>
              </li>
            </ul>
            {code === NEW ? (
              <ListEditor
                key={NEW}
                kind="form"
                code={NEW}
                versions={[]}
                publishAs={(draft) => codeOf(draft.title.nl, taken)}
                preview={(draft) => preview(templateOf(draft))}
                onPublished={setChosen}
              />
            ) : (
              <OneForm key={code} code={code} preview={preview} />
            )}
          </>
        );
      }}
    </Asked>
  );
}
