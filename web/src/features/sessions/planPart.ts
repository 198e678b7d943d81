import type { PlanFault, PlanForm } from './planForm';

/** What each step of the form works with. */
export interface PlanPart {
  form: PlanForm;
  /** What is missing, once one tried to save. */
  faults: readonly PlanFault[];
  /** What the server said of a field. */
  refused: Readonly<Record<string, string>>;
  onChange: (change: Partial<PlanForm>) => void;
}
