import { Button, Textbox } from '@utrecht/component-library-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Memory, MemoryPart } from '../../api/types';
import { Field } from '../../ui/Field';
import { Kept } from './Kept';
import type { Keeping } from './keeper';

const MAX = 3;
const MAX_LENGTH = 300;
const parts: readonly MemoryPart[] = ['begin', 'middle', 'end'];
const blank: Memory = { text: '', part: 'begin' };

interface LineProps {
  number: number;
  memory: Memory;
  focused: boolean;
  onChange: (memory: Memory) => void;
}

function Line({ number, memory, focused, onChange }: LineProps) {
  const { t } = useTranslation('lookBack');
  const name = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <li className="vs-memory">
      <Field label={t('memory.line', { number })}>
        {(control) => (
          <Textbox
            {...control}
            ref={input}
            autoComplete="off"
            maxLength={MAX_LENGTH}
            value={memory.text}
            onChange={(event) => onChange({ ...memory, text: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="vs-chips">
        <legend className="vs-chips__legend">{t('memory.when')}</legend>
        {parts.map((part) => (
          <label key={part} className="vs-chip">
            <input
              type="radio"
              name={name}
              checked={memory.part === part}
              onChange={() => onChange({ ...memory, part })}
            />
            {t(`memory.parts.${part}`)}
          </label>
        ))}
      </fieldset>
    </li>
  );
}

interface MemoryStepProps {
  memories: readonly Memory[];
  onChange: (memories: Memory[]) => void;
  keeping: Keeping;
  onNext: () => void;
}

/** Memory before picture: what stayed, before the film can colour it. */
export function MemoryStep({ memories, onChange, keeping, onNext }: MemoryStepProps) {
  const { t } = useTranslation('lookBack');
  const [touched, setTouched] = useState(false);
  const [added, setAdded] = useState(0);
  const lines = memories.length === 0 ? [blank] : memories;
  const change = (at: number, memory: Memory) => {
    setTouched(true);
    onChange(lines.map((line, i) => (i === at ? memory : line)));
  };
  return (
    <form
      autoComplete="off"
      className="vs-calm-form"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <ul className="vs-memories">
        {lines.map((memory, at) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name and keep their order
            key={at}
            number={at + 1}
            memory={memory}
            focused={at > 0 && at === added}
            onChange={(changed) => change(at, changed)}
          />
        ))}
      </ul>
      {lines.length < MAX && (
        <Button
          appearance="subtle-button"
          className="vs-memories__more"
          onClick={() => {
            setAdded(lines.length);
            onChange([...lines, blank]);
          }}
        >
          {t('memory.more')}
        </Button>
      )}
      <Kept keeping={keeping} touched={touched} />
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit">
          {t('memory.next')}
        </Button>
        <Button appearance="subtle-button" onClick={onNext}>
          {t('tenMinutes.skip')}
        </Button>
      </div>
    </form>
  );
}
