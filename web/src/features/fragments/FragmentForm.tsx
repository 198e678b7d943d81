import { Button, Textarea, Textbox } from '@utrecht/component-library-react';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import { toApiError } from '../../api/problem';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { EdgeField } from './EdgeField';
import { checkPassage, type Passage, positionOf } from './passage';

interface FragmentFormProps {
  passage: Passage;
  durationMs: number;
  saving: boolean;
  error: unknown;
  now: () => number;
  onChange: (passage: Passage) => void;
  onShow: (ms: number) => void;
  onPlay: (startMs: number, endMs: number) => void;
  onSave: () => void;
  onCancel: () => void;
  /** What stands above the fields: what changed elsewhere. */
  children?: ReactNode;
}

type FieldName = 'startMs' | 'endMs' | 'title' | 'reason';

function useFaults({ passage, durationMs, error }: FragmentFormProps, checked: boolean) {
  const { t } = useTranslation('fragments');
  const { t: problems } = useTranslation('problems');
  const own = checkPassage(passage, durationMs);
  const fromServer = faultTexts(problems, error);
  const fault = (field: FieldName): string | undefined => {
    const code = own[field];
    // A time that is wrong is told at once: the slider and the buttons beside it rest on it.
    if (code && (checked || field === 'startMs' || field === 'endMs')) return t(`faults.${code}`);
    return fromServer[field];
  };
  return { fault, clean: Object.keys(own).length === 0, times: !own.startMs && !own.endMs };
}

/** Choosing or changing a fragment, by keyboard alone if one wishes: Ctrl+Enter saves, Esc leaves. */
export function FragmentForm(props: FragmentFormProps) {
  const { t } = useTranslation(['fragments', 'app']);
  const { passage, onChange, saving, error } = props;
  const [checked, setChecked] = useState(false);
  const { fault, clean, times } = useFaults(props, checked);
  const hintId = useId();
  const titleRef = useRef<HTMLInputElement>(null);
  useEffect(() => titleRef.current?.focus(), []);
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    setChecked(true);
    if (clean && !saving) props.onSave();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      // Esc never throws away words: with something typed it only leaves the form.
      if (`${passage.title}${passage.reason}`.trim() === '') props.onCancel();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }
  };
  const play = () => props.onPlay(positionOf(passage, 'start'), positionOf(passage, 'end'));
  return (
    <form
      autoComplete="off"
      className="vs-note-form"
      aria-label={t('form.title')}
      onSubmit={save}
      onKeyDown={keys}
      noValidate
    >
      {props.children}
      <Field label={t('form.name')} error={fault('title')}>
        {(control) => (
          <Textbox
            {...control}
            ref={titleRef}
            autoComplete="off"
            value={passage.title}
            onChange={(event) => onChange({ ...passage, title: event.target.value })}
          />
        )}
      </Field>
      <p id={hintId} className="vs-visually-hidden">
        {t('form.sliderHint')}
      </p>
      {(['start', 'end'] as const).map((side) => (
        <EdgeField
          key={side}
          side={side}
          passage={passage}
          durationMs={props.durationMs}
          error={fault(side === 'start' ? 'startMs' : 'endMs')}
          hintId={hintId}
          now={props.now}
          onChange={onChange}
          onShow={props.onShow}
        />
      ))}
      <Field label={t('form.reason')} error={fault('reason')}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={passage.reason}
            onChange={(event) => onChange({ ...passage, reason: event.target.value })}
          />
        )}
      </Field>
      {error !== null && toApiError(error).faults.length === 0 && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t('form.save')}
        </Button>
        <Button appearance="secondary-action-button" disabled={!times} onClick={play}>
          {t('play')}
        </Button>
        <Button appearance="subtle-button" onClick={props.onCancel}>
          {t('app:cancel')}
        </Button>
      </div>
    </form>
  );
}
