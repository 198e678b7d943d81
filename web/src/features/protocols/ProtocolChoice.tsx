import { type ReactNode, useId } from 'react';
import type { Protocol } from '../../api/types';
import { useProtocolWords } from './useProtocolWords';

interface ProtocolChoiceProps {
  legend: string;
  protocols: readonly Protocol[];
  /** The id of the one that is chosen. */
  value: string | undefined;
  onChange: (id: string) => void;
  /** Why the choice cannot stay as it is. */
  error?: ReactNode;
}

/** One protocol of those there are; each says what it is good for, with how many and about how long. */
export function ProtocolChoice({ legend, protocols, value, onChange, error }: ProtocolChoiceProps) {
  const name = useId();
  const words = useProtocolWords();
  return (
    <fieldset
      className="vs-fieldset vs-protocol-choice"
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className="vs-fieldset__legend">{legend}</legend>
      {error && (
        <p id={`${name}-error`} className="utrecht-form-field-error-message">
          {error}
        </p>
      )}
      {protocols.map((protocol) => (
        <div key={protocol.id} className="vs-protocol-choice__card">
          <input
            type="radio"
            id={`${name}-${protocol.id}`}
            name={name}
            value={protocol.id}
            checked={value === protocol.id}
            onChange={() => onChange(protocol.id)}
            aria-describedby={`${name}-${protocol.id}-about`}
          />
          <label htmlFor={`${name}-${protocol.id}`}>{words.text(protocol.name)}</label>
          <div id={`${name}-${protocol.id}-about`}>
            <p>{words.text(protocol.about)}</p>
            <p className="vs-subtle">
              {words.people(protocol)} · {words.leader(protocol)} · {words.about(protocol)}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
