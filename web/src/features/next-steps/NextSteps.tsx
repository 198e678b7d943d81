import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NextStep } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Editor } from './Editor';
import { NextStepForm, type StepDraft } from './NextStepForm';
import { NextStepItem } from './NextStepItem';
import { NEXT_STEPS } from './place';
import { split } from './split';
import { type EditingState, useEditing } from './useEditing';
import { type NextStepActions, useNextStepActions, useNextSteps } from './useNextSteps';

const blank: StepDraft = { text: '', date: '', insight: '' };

function Add({ actions }: { actions: NextStepActions }) {
  const { t } = useTranslation('nextSteps');
  const announce = useAnnounce();
  const [draft, setDraft] = useState(blank);
  const text = useRef<HTMLInputElement>(null);
  return (
    <NextStepForm
      draft={draft}
      onChange={setDraft}
      textRef={text}
      onSave={async () => {
        await actions.add({ text: draft.text.trim(), ...(draft.date !== '' && { date: draft.date }) });
        setDraft(blank);
        announce(t('said.kept'));
        text.current?.focus();
      }}
    />
  );
}

interface GroupProps {
  title: string;
  items: readonly NextStep[];
  actions: NextStepActions;
  state: EditingState;
}

function Group({ title, items, actions, state }: GroupProps) {
  const { editing } = state;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{title}</h2>
      <ul className="vs-next-steps">
        {items.map((step) =>
          editing?.id === step.id ? (
            <li key={step.id} className="vs-next-step">
              <Editor step={step} editing={editing} state={state} actions={actions} />
            </li>
          ) : (
            <NextStepItem key={step.id} step={step} actions={actions} onEdit={state.begin} />
          ),
        )}
      </ul>
    </section>
  );
}

/** "Voornemens": what one wants to try. Kept apart from recordings; nobody else sees them; none is ever late. */
export function NextSteps() {
  const { t } = useTranslation('nextSteps');
  const { data, error, isPending, refetch } = useNextSteps();
  const actions = useNextStepActions();
  const state = useEditing();
  const { editing } = state;
  const { open, tried, letGo } = split(data?.items ?? []);
  const orphan = data && editing && !data.items.some(({ id }) => id === editing.id) ? editing : null;
  return (
    <>
      <section className="vs-new-step" aria-label={t('form.title')}>
        <Add actions={actions} />
      </section>
      {isPending && <Placeholder size="card" />}
      {error && !data && <ErrorMessage error={error} again={refetch} />}
      {orphan && (
        <div className="vs-next-step vs-section">
          <Editor step={undefined} editing={orphan} state={state} actions={actions} />
        </div>
      )}
      {/* It is there whatever moves or goes in it: focus has a place that stays. */}
      <section id={NEXT_STEPS} className="vs-step-list" aria-label={t('list')} tabIndex={-1}>
        {data?.items.length === 0 && <p className="vs-empty">{t('empty')}</p>}
        {data && data.items.length > 0 && open.length === 0 && <p className="vs-empty">{t('noneOpen')}</p>}
        {open.length > 0 && <Group title={t('groups.open')} items={open} actions={actions} state={state} />}
        {tried.length > 0 && (
          <Group title={t('groups.tried')} items={tried} actions={actions} state={state} />
        )}
        {letGo.length > 0 && (
          <Group title={t('groups.letGo')} items={letGo} actions={actions} state={state} />
        )}
      </section>
    </>
  );
}
