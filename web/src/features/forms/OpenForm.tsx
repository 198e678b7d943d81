import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormTemplate, ObservationForm } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { type Answer, spanOf } from './answers';
import { DeleteForm } from './DeleteForm';
import type { Film } from './film';
import type { Keeping, Kept } from './keeping';
import { Sheet, useLabel } from './Sheet';
import type { Filling } from './useFilling';
import type { Forms } from './useForms';

interface OpenFormProps {
  code: string;
  /** One chose it a moment ago: focus begins at its name. */
  asked: boolean;
  /** As the server has it; undefined when it was deleted elsewhere. */
  form: ObservationForm | undefined;
  keeping: Keeping;
  forms: Forms;
  filling: Filling;
  film: Film;
  /** The newest version of its template. */
  newest: FormTemplate | undefined;
  onClose: () => void;
}

/** The answer that was kept elsewhere, under the one that was typed here: nothing is thrown away. */
function Theirs({ answer, onChoose }: { answer: Answer; onChoose: (whose: 'mine' | 'theirs') => void }) {
  const { t } = useTranslation('forms');
  return (
    <Message type="warning">
      <Paragraph>{t('conflict.explain')}</Paragraph>
      {answer.moments.length > 0 && <Paragraph>{answer.moments.map(spanOf).join(', ')}</Paragraph>}
      <blockquote className="vs-theirs">{answer.text || t('conflict.empty')}</blockquote>
      <div className="vs-actions">
        <Button appearance="secondary-action-button" onClick={() => onChoose('mine')}>
          {t('conflict.mine')}
        </Button>
        <Button appearance="secondary-action-button" onClick={() => onChoose('theirs')}>
          {t('conflict.theirs')}
        </Button>
      </div>
    </Message>
  );
}

/** Says quietly whether what was typed is kept; aloud only when it is not, and when it is again. */
function KeptLine({ kept }: { kept: Kept }) {
  const { t } = useTranslation('forms');
  const announce = useAnnounce();
  const before = useRef(kept);
  useEffect(() => {
    const trouble = (state: Kept) => state !== 'kept' && state !== 'keeping';
    if (trouble(kept) !== trouble(before.current)) announce(t(`kept.${kept}`));
    before.current = kept;
  }, [announce, kept, t]);
  return (
    <p className="vs-kept" data-kept={kept}>
      {t(`kept.${kept}`)}
    </p>
  );
}

/** What stays known of a form after it was deleted elsewhere. */
function useTemplate(form: ObservationForm | undefined, newest: FormTemplate | undefined) {
  const last = useRef(form?.template ?? newest);
  if (form) last.current = form.template;
  return last.current;
}

/** One form, kept as it is filled in. */
export function OpenForm(props: OpenFormProps) {
  const { code, asked, form, keeping, forms, filling, film, newest, onClose } = props;
  const { t } = useTranslation('forms');
  const label = useLabel();
  const { answers, theirs, kept } = useSyncExternalStore(keeping.subscribe, keeping.snapshot);
  const template = useTemplate(form, newest);
  const { saving, error, save } = useSaving();
  const [deleting, setDeleting] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (asked) title.current?.focus();
  }, []);
  if (!template) return null;
  // Deleted elsewhere; while it is being deleted here, that is no news.
  const gone = !deleting && (form === undefined || kept === 'gone');
  const again = async () => keeping.restart(await forms.begin(code));
  return (
    <>
      <Button appearance="subtle-button" onClick={onClose}>
        {t('others')}
      </Button>
      <h2 ref={title} tabIndex={-1} className="utrecht-heading-3">
        {label(template.title)}
      </h2>
      {template.lead && <Paragraph>{label(template.lead)}</Paragraph>}
      {newest && newest.version > template.version && <p className="vs-subtle">{t('older')}</p>}
      {gone && (
        <Message type="warning">
          <Paragraph>{t('gone')}</Paragraph>
          <Button
            appearance="secondary-action-button"
            disabled={saving}
            onClick={() => void save(again, () => {})}
          >
            {t('again')}
          </Button>
          {error !== null && <ErrorMessage error={error} />}
        </Message>
      )}
      <Sheet
        template={template}
        answers={answers}
        film={film}
        onAnswer={(entry, answer) => keeping.change(entry, answer)}
        below={(entry) => {
          const other = theirs[entry];
          return other && <Theirs answer={other} onChoose={(whose) => keeping.choose(entry, whose)} />;
        }}
      />
      <KeptLine kept={gone ? 'gone' : kept} />
      {form && (
        <Button appearance="subtle-button" hint="danger" onClick={() => setDeleting(true)}>
          {t('delete.button')}
        </Button>
      )}
      {deleting && (
        <DeleteForm
          title={label(template.title)}
          onDelete={() => keeping.remove((id, version) => forms.remove({ id, version }))}
          onDeleted={() => {
            filling.drop(code);
            onClose();
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}
