import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Signal, SignalState } from '../../api/types';
import { useDates } from '../../time/useDates';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { AnswerForm } from './AnswerForm';
import { PutAway } from './PutAway';
import { SIGNALS } from './place';
import type { SignalActions } from './useSignals';

/** What one can make of a signal, from the state it is in. */
const ways: Record<SignalState, readonly SignalState[]> = {
  open: ['picked_up', 'done'],
  picked_up: ['done', 'open'],
  done: ['open'],
};

interface SignalItemProps {
  signal: Signal;
  actions: SignalActions;
}

function Moves({ signal, actions, onAnswer }: SignalItemProps & { onAnswer: () => void }) {
  const { t } = useTranslation('signals');
  const announce = useAnnounce();
  const [leaving, setLeaving] = useState(false);
  const { saving, error, save } = useSaving();
  const { text } = signal;
  const verb = signal.answer ? 'change' : 'answer';
  const said = (what: SignalState | 'away') => {
    announce(t(`said.${what}`));
    moveFocusTo(SIGNALS);
  };
  return (
    <>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-next-step__actions">
        {ways[signal.state].map((state, i) => (
          <Button
            key={state}
            appearance={i === 0 && state !== 'open' ? 'secondary-action-button' : 'subtle-button'}
            disabled={saving}
            aria-label={t(`to.${state}Of`, { text })}
            onClick={() =>
              void save(
                () => actions.change(signal, { state }),
                () => said(state),
              )
            }
          >
            {t(`to.${state}`)}
          </Button>
        ))}
        <Button appearance="subtle-button" aria-label={t(`${verb}Of`, { text })} onClick={onAnswer}>
          {t(verb)}
        </Button>
        <Button
          appearance="subtle-button"
          aria-label={t('putAway.buttonOf', { text })}
          onClick={() => setLeaving(true)}
        >
          {t('putAway.button')}
        </Button>
      </div>
      {leaving && (
        <PutAway
          signal={signal}
          actions={actions}
          onClose={() => setLeaving(false)}
          onGone={() => {
            setLeaving(false);
            said('away');
          }}
        />
      )}
    </>
  );
}

/** One signal: its line, its month, what is done about it. */
export function SignalItem({ signal, actions }: SignalItemProps) {
  const { t } = useTranslation('signals');
  const dates = useDates();
  const announce = useAnnounce();
  const [answering, setAnswering] = useState(false);
  const end = () => {
    setAnswering(false);
    moveFocusTo(SIGNALS);
  };
  return (
    <li className="vs-next-step">
      <p className="vs-next-step__text">{signal.text}</p>
      <p className="vs-subtle">{dates.month(signal.month)}</p>
      {signal.answer && <p>{t('answered', { text: signal.answer })}</p>}
      {signal.followedBy && <p>{t('followed', { who: signal.followedBy })}</p>}
      {answering ? (
        <AnswerForm
          signal={signal}
          actions={actions}
          onCancel={end}
          onKept={() => {
            announce(t('said.answered'));
            end();
          }}
        />
      ) : (
        <Moves signal={signal} actions={actions} onAnswer={() => setAnswering(true)} />
      )}
    </li>
  );
}
