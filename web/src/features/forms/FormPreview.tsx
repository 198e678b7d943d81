import { Paragraph } from '@utrecht/component-library-react';
import type { FormTemplate } from '../../api/types';
import { Sheet, useLabel } from './Sheet';

const noFilm = { now: () => 0, durationMs: 0, onJump: () => {} };

/** A form as the klantmanager sees it, to look at only. */
export function FormPreview({ template }: { template: FormTemplate }) {
  const label = useLabel();
  return (
    <fieldset className="vs-form-preview" disabled>
      <legend className="vs-fieldset__legend">{label(template.title)}</legend>
      {template.lead && <Paragraph>{label(template.lead)}</Paragraph>}
      <Sheet template={template} answers={{}} film={noFilm} onAnswer={() => {}} />
    </fieldset>
  );
}
