import { type ReactNode, useId } from 'react';

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  error?: string | undefined;
  children: ReactNode;
}

/** One box to tick, with its sentence beside it. */
export function Tick({ checked, onChange, error, children }: TickProps) {
  const errorId = useId();
  return (
    <div>
      {error && (
        <p id={errorId} className="utrecht-form-field-error-message">
          {error}
        </p>
      )}
      <label className="vs-check">
        <input
          type="checkbox"
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        {children}
      </label>
    </div>
  );
}
