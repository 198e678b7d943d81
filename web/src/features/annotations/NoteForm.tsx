import { Button, Textarea, Textbox } from '@utrecht/component-library-react';
import type { FormEvent, KeyboardEvent, RefObject } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import { toApiError } from '../../api/problem';
import type { AnnotationKind } from '../../api/types';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { SelectField } from '../../ui/SelectField';
import type { Desk } from './desk';
import { BODY_MAX, checkDraft, type Draft, kinds, type Prompt } from './draft';
import { KeptLine } from './KeptLine';
import { MarkerField, TagFields } from './TagFields';

/** Only near the end does counting help. */
const COUNTER_FROM = BODY_MAX - 500;

interface NoteFormProps {
  draft: Draft;
  /** Where it is kept while it is typed. */
  desk: Desk;
  slot: string;
  onChange: (draft: Draft) => void;
  onSave: () => void;
  onCancel: () => void;
  /** A reply has the place of its note: no times, and no kind to choose. */
  isReply?: boolean;
  /** What is asked now of a new note. */
  prompt?: Prompt | undefined;
  durationMs: number;
  saving: boolean;
  error: unknown;
  bodyRef: RefObject<HTMLTextAreaElement>;
  /** Fills a field with where the film is now. */
  now: () => string;
}

type FieldName = 'startMs' | 'endMs' | 'body';

function useFaults(props: Pick<NoteFormProps, 'draft' | 'durationMs' | 'error'>, checked: boolean) {
  const { t } = useTranslation('annotations');
  const { t: problems } = useTranslation('problems');
  const own = checkDraft(props.draft, props.durationMs);
  const fromServer = faultTexts(problems, props.error);
  const fault = (field: FieldName): string | undefined => {
    const code = own[field];
    if (checked && code) return t(`faults.${code}`);
    return fromServer[field];
  };
  return { fault, clean: Object.keys(own).length === 0 };
}

function TimeFields({
  draft,
  onChange,
  now,
  fault,
}: Pick<NoteFormProps, 'draft' | 'onChange' | 'now'> & { fault: (field: FieldName) => string | undefined }) {
  const { t } = useTranslation(['annotations', 'app']);
  return (
    <div className="vs-note-times">
      {(['start', 'end'] as const).map((side) => (
        <Field key={side} label={t(`form.${side}`)} error={fault(side === 'start' ? 'startMs' : 'endMs')}>
          {(control) => (
            <span className="vs-note-times__pair">
              <Textbox
                {...control}
                inputMode="decimal"
                autoComplete="off"
                placeholder={side === 'end' ? t('form.endEmpty') : undefined}
                value={draft[side]}
                onChange={(event) => onChange({ ...draft, [side]: event.target.value })}
              />
              <button
                type="button"
                className="vs-now"
                aria-label={t(side === 'start' ? 'form.startNow' : 'form.endNow')}
                onClick={() => onChange({ ...draft, [side]: now() })}
              >
                {t('form.now')}
              </button>
            </span>
          )}
        </Field>
      ))}
    </div>
  );
}

function KindField({ draft, onChange, prompt }: Pick<NoteFormProps, 'draft' | 'onChange' | 'prompt'>) {
  const { t } = useTranslation('annotations');
  const asked = prompt?.kinds ?? kinds;
  const offered = asked.includes(draft.kind) ? asked : [...asked, draft.kind];
  return (
    <SelectField
      label={t('form.kind')}
      options={offered.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
      value={draft.kind}
      onChange={(kind) => onChange({ ...draft, kind: kind as AnnotationKind })}
    />
  );
}

/** What the form asks. */
function useQuestion() {
  const { t } = useTranslation('annotations');
  return ({ kind }: Draft, isReply: boolean, prompt: Prompt | undefined): string => {
    if (isReply) return t(kind === 'alternative' ? 'reply.alternative' : 'reply.body');
    return prompt?.question ?? t('form.body');
  };
}

/** Writing a note, by keyboard alone if one wishes: Ctrl+Enter saves, Esc leaves. */
export function NoteForm(props: NoteFormProps) {
  const { t, i18n } = useTranslation(['annotations', 'app']);
  const {
    draft,
    desk,
    slot,
    onChange,
    onSave,
    onCancel,
    saving,
    error,
    bodyRef,
    now,
    isReply = false,
    prompt,
  } = props;
  const question = useQuestion();
  const [checked, setChecked] = useState(false);
  const { fault, clean } = useFaults(props, checked);
  const length = [...draft.body].length;
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    setChecked(true);
    if (clean && !saving) onSave();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      // Esc never throws away words: with something typed it only leaves the form.
      if (draft.body.trim() === '') onCancel();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }
  };
  const atFields = toApiError(error).faults.length > 0;
  return (
    <form
      autoComplete="off"
      className="vs-note-form"
      aria-label={t(isReply ? 'reply.title' : 'form.title')}
      onSubmit={save}
      onKeyDown={keys}
      noValidate
    >
      {!isReply && <TimeFields draft={draft} onChange={onChange} now={now} fault={fault} />}
      {!isReply && <KindField draft={draft} onChange={onChange} prompt={prompt} />}
      {!isReply && draft.kind === 'moment' && <MarkerField draft={draft} onChange={onChange} />}
      <Field label={question(draft, isReply, prompt)} hint={t('form.bodyHint')} error={fault('body')}>
        {(control) => (
          <Textarea
            {...control}
            ref={bodyRef}
            rows={4}
            value={draft.body}
            onChange={(event) => onChange({ ...draft, body: event.target.value })}
          />
        )}
      </Field>
      <KeptLine desk={desk} slot={slot} />
      {!isReply && <TagFields draft={draft} onChange={onChange} />}
      {length > COUNTER_FROM && (
        <p className="vs-subtle" role="status">
          {t('form.left', {
            count: BODY_MAX - length,
            left: new Intl.NumberFormat(i18n.language).format(BODY_MAX - length),
          })}
        </p>
      )}
      {error !== null && !atFields && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t('form.save')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onCancel}>
          {t('app:cancel')}
        </Button>
      </div>
    </form>
  );
}
