import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from './desk';

/** Whether what is typed is kept, said calmly: only that it is not kept is announced. */
export function KeptLine({ desk, slot }: { desk: Desk; slot: string }) {
  const { t } = useTranslation('annotations');
  const state = useSyncExternalStore(desk.subscribe, () => desk.state(slot));
  return (
    <div className="vs-kept">
      <span className="vs-subtle">{state === 'kept' && t('draft.kept')}</span>
      <span role="status">
        {state === 'waiting' && t('draft.waiting')}
        {state === 'refused' && t('draft.refused')}
      </span>
    </div>
  );
}

/** The same while no form is shown, because the server is silent. */
export function KeptWhileSilent({ desk }: { desk: Desk }) {
  const { t } = useTranslation('annotations');
  const waiting = useSyncExternalStore(desk.subscribe, () => desk.isWaiting);
  return waiting ? <p>{t('draft.silent')}</p> : null;
}
