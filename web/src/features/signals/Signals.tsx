import { useTranslation } from 'react-i18next';
import type { Signal, SignalState } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { SIGNALS } from './place';
import { SignalItem } from './SignalItem';
import { useSignalActions, useSignals } from './useSignals';

const states: readonly SignalState[] = ['open', 'picked_up', 'done'];

function Groups({ items }: { items: readonly Signal[] }) {
  const { t } = useTranslation('signals');
  const actions = useSignalActions();
  return states.map((state) => {
    const those = items.filter((signal) => signal.state === state);
    if (those.length === 0) return null;
    return (
      <section key={state} className="vs-section">
        <h2 className="utrecht-heading-2">{t(`groups.${state}`)}</h2>
        <ul className="vs-next-steps">
          {those.map((signal) => (
            <SignalItem key={signal.id} signal={signal} actions={actions} />
          ))}
        </ul>
      </section>
    );
  });
}

/** "Signalen": for those whom the administrator named. No counts, no days, no senders. */
export function Signals() {
  const { t } = useTranslation('signals');
  const query = useSignals();
  return (
    // It is there whatever moves or goes in it: focus has a place that stays.
    <section id={SIGNALS} className="vs-step-list" aria-label={t('list')} tabIndex={-1}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? <p className="vs-empty">{t('empty')}</p> : <Groups items={items} />
        }
      </Asked>
    </section>
  );
}
