import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { NextStep } from '../../api/types';
import { moveFocusTo } from '../../ui/focus';
import { Message } from '../../ui/Message';
import { NextStepForm } from './NextStepForm';
import { NEXT_STEPS } from './place';
import type { Editing, EditingState } from './useEditing';
import type { NextStepActions } from './useNextSteps';

interface EditorProps {
  /** As it is now; undefined when it was deleted meanwhile. */
  step: NextStep | undefined;
  editing: Editing;
  state: EditingState;
  actions: NextStepActions;
}

/** Changing a next step. When another screen was first, both are shown and nothing typed is lost. */
export function Editor({ step, editing, state, actions }: EditorProps) {
  const { t } = useTranslation('nextSteps');
  const text = useRef<HTMLInputElement>(null);
  useEffect(() => text.current?.focus(), []);
  const { id, version, draft, overtaken } = editing;
  const body = { text: draft.text.trim(), insight: draft.insight.trim() };
  /** Whether it is kept; false when another screen was first. */
  const save = async (): Promise<boolean> => {
    if (!step) {
      await actions.add({ text: body.text, ...(draft.date !== '' && { date: draft.date }) });
      return true;
    }
    try {
      // Once both were seen, the next save goes over what stands there.
      const seen = overtaken ? step.version : version;
      await actions.change({ id, version: seen }, { ...body, date: draft.date === '' ? null : draft.date });
      return true;
    } catch (failure) {
      if (toApiError(failure).code !== 'changed') throw failure;
      state.overtake();
      return false;
    }
  };
  const end = () => {
    state.end();
    moveFocusTo(NEXT_STEPS);
  };
  return (
    <>
      {!step && <Message type="warning">{t('goneMeanwhile')}</Message>}
      {step && overtaken && <Message type="warning">{t('nowStands', { text: step.text })}</Message>}
      <NextStepForm
        draft={draft}
        onChange={state.type}
        asksInsight={step?.state === 'tried'}
        textRef={text}
        onCancel={end}
        onSave={async () => {
          if (await save()) end();
        }}
      />
    </>
  );
}
