import { useMemo, useState } from 'react';
import type { NextStep } from '../../api/types';
import type { StepDraft } from './NextStepForm';

/** The next step that is being changed, as it was read; held above the list, in which it may move meanwhile. */
export interface Editing {
  id: string;
  version: number;
  draft: StepDraft;
  /** Another screen was first; that was said, and what stands there was shown. */
  overtaken: boolean;
}

export interface EditingState {
  editing: Editing | null;
  begin: (step: NextStep) => void;
  type: (draft: StepDraft) => void;
  overtake: () => void;
  end: () => void;
}

export function useEditing(): EditingState {
  const [editing, setEditing] = useState<Editing | null>(null);
  return useMemo(
    () => ({
      editing,
      begin: ({ id, version, text, date = '', insight = '' }) =>
        setEditing({ id, version, draft: { text, date, insight }, overtaken: false }),
      type: (draft) => setEditing((now) => now && { ...now, draft }),
      overtake: () => setEditing((now) => now && { ...now, overtaken: true }),
      end: () => setEditing(null),
    }),
    [editing],
  );
}
