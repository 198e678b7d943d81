import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { FormTemplate, ObservationForm } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { moveFocusTo } from '../../ui/focus';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import type { Film } from './film';
import { OpenForm } from './OpenForm';
import { useLabel } from './Sheet';
import type { Filling } from './useFilling';
import type { Forms } from './useForms';

interface FormsPanelProps {
  forms: Forms;
  filling: Filling;
  film: Film;
  canFill: boolean;
}

const CHOICE_TITLE = 'form-choice';

interface ChoiceProps {
  templates: readonly FormTemplate[];
  begun: readonly ObservationForm[];
  canFill: boolean;
  busy: boolean;
  onOpen: (code: string) => void;
  onBegin: (code: string) => void;
}

/** One's own forms to go on with, and those that can be begun. */
function Choice({ templates, begun, canFill, busy, onOpen, onBegin }: ChoiceProps) {
  const { t } = useTranslation('forms');
  const label = useLabel();
  const own = begun.map(({ template }) => template);
  const others = templates.filter(
    ({ code, current }) => current && !own.some((known) => known.code === code),
  );
  const card = (template: FormTemplate, act: (code: string) => void, words: string) => (
    <li key={template.code} className="vs-form-choice">
      <p className="vs-form-choice__name">{label(template.title)}</p>
      {template.lead && <p className="vs-subtle">{label(template.lead)}</p>}
      <Button appearance="secondary-action-button" disabled={busy} onClick={() => act(template.code)}>
        {words}
        <span className="vs-visually-hidden"> {label(template.title)}</span>
      </Button>
    </li>
  );
  return (
    <>
      <h2 id={CHOICE_TITLE} tabIndex={-1} className="utrecht-heading-3">
        {t('title')}
      </h2>
      <Paragraph>{t(own.length === 0 ? 'empty' : 'choose')}</Paragraph>
      <ul className="vs-form-choices">
        {own.map((template) => card(template, onOpen, t('goOn')))}
        {canFill && others.map((template) => card(template, onBegin, t('begin')))}
      </ul>
    </>
  );
}

/** Kijkwijzers: words, and the moments where something was seen. */
export function FormsPanel({ forms, filling, film, canFill }: FormsPanelProps) {
  const { t } = useTranslation('forms');
  const lists = api.useQuery('get', '/learning-lists');
  const [open, setOpen] = useState<string | null>(filling.open);
  const [asked, setAsked] = useState(false);
  const { saving, error, save } = useSaving();
  const items = forms.query.data?.items;
  const waiting = items?.filter((form) => form.can.edit && filling.waits(form));
  useEffect(() => {
    for (const form of waiting ?? []) filling.resume(form, forms.server);
  }, [filling, forms.server, waiting]);
  const show = (code: string | null) => {
    filling.open = code;
    setOpen(code);
    setAsked(code !== null);
    if (code === null) moveFocusTo(CHOICE_TITLE);
  };
  return (
    <section className="vs-forms-panel" aria-label={t('title')}>
      <Asked query={forms.query}>
        {({ items }) => {
          const own = items.filter(({ can }) => can.edit);
          const form = own.find(({ template }) => template.code === open);
          const kept = form ? filling.of(form, forms.server) : open !== null && filling.known(open);
          if (open !== null && kept) {
            return (
              <OpenForm
                key={open}
                code={open}
                asked={asked}
                form={form}
                keeping={kept}
                forms={forms}
                filling={filling}
                film={film}
                newest={lists.data?.forms.find(({ code }) => code === open)}
                onClose={() => show(null)}
              />
            );
          }
          return (
            <Asked query={lists}>
              {({ forms: templates }) => (
                <>
                  <Choice
                    templates={templates}
                    begun={own}
                    canFill={canFill}
                    busy={saving}
                    onOpen={show}
                    onBegin={(code) =>
                      void save(
                        () => forms.begin(code),
                        () => show(code),
                      )
                    }
                  />
                  {error !== null && <ErrorMessage error={error} />}
                </>
              )}
            </Asked>
          );
        }}
      </Asked>
    </section>
  );
}
