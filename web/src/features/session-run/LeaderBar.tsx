import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst';
import { ErrorMessage } from '../../ui/Message';
import { ChooseCase } from './ChooseCase';
import { FinishDialog } from './FinishDialog';
import { choosesNow, gateOf, isBlindNow } from './steps';
import type { Session } from './types';
import type { Leading } from './useLeading';
import { useText } from './words';

function RevealDialog({ leading, onClose }: { leading: Leading; onClose: () => void }) {
  const { t } = useTranslation(['sessionRun', 'app']);
  const reveal = () => {
    leading.reveal();
    onClose();
  };
  return (
    <AskFirst
      title={t('lead.revealSure')}
      yes={t('lead.revealYes')}
      no={t('app:cancel')}
      onYes={reveal}
      onClose={onClose}
    >
      <Paragraph>{t('lead.revealBody')}</Paragraph>
    </AskFirst>
  );
}

interface LeaderBarProps {
  session: Session;
  leading: Leading;
  /** The ids of who has the session on a screen now: at a distance someone's connection may have fallen away. */
  present?: readonly string[];
  /** On the screen in the room: for who writes on paper, and what is asked of the leader. */
  room?: boolean;
}

/** What only the leader does: on, back, show everything, finish. A gate that is closed says why. */
export function LeaderBar({ session, leading, present, room = false }: LeaderBarProps) {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  const [asking, setAsking] = useState<'choose' | 'reveal' | 'finish' | null>(null);
  const { steps } = session.protocol;
  const { step, everyoneReady } = session;
  const now = steps[step];
  const next = steps[step + 1];
  const onPaper = session.people.filter((person) => person.onPaper).map(({ id }) => id);
  const away = present
    ? session.people.filter(({ id, ready, ...person }) => person.present && !ready && !present.includes(id))
    : [];
  const chooses = choosesNow(session);
  const gate = gateOf(session);
  const waits = gate === 'ready' ? t('lead.waits.ready') : null;
  const goOn = () => {
    if (waits !== null || leading.saving) return;
    if (chooses) setAsking('choose');
    else leading.goTo(step + 1);
  };
  const close = () => setAsking(null);
  const finish = session.can.finish && (
    <Button appearance={next ? 'subtle-button' : 'primary-action-button'} onClick={() => setAsking('finish')}>
      {t('lead.finish')}
    </Button>
  );
  return (
    <section className="vs-leader" aria-label={t('lead.title')}>
      <div className="vs-leader__buttons">
        <div className="vs-leader__aside">
          {step > 0 && (
            <Button appearance="subtle-button" onClick={() => leading.goTo(step - 1)}>
              {t('lead.back')}
            </Button>
          )}
          {next && finish}
        </div>
        {room && gate === 'ready' && onPaper.length > 0 && (
          <Button appearance="secondary-action-button" onClick={() => leading.readyFor(onPaper)}>
            {t('room.paperReady')}
          </Button>
        )}
        {gate === 'ready' &&
          away.map(({ id, name }) => (
            <Button key={id} appearance="subtle-button" onClick={() => leading.readyFor([id])}>
              {t('lead.without', { name })}
            </Button>
          ))}
        {isBlindNow(session) && (
          <Button
            appearance="secondary-action-button"
            onClick={() => (everyoneReady ? leading.reveal() : setAsking('reveal'))}
          >
            {t('lead.reveal')}
          </Button>
        )}
        {next && (
          <Button
            appearance="primary-action-button"
            // Not `disabled`: one must be able to come here and read why.
            aria-disabled={waits !== null || undefined}
            aria-describedby={waits === null ? undefined : 'leader-waits'}
            onClick={goOn}
          >
            {t('lead.next', { step: text(next.name) })}
          </Button>
        )}
        {!next && finish}
      </div>
      {waits !== null && (
        <p id="leader-waits" className="vs-leader__waits">
          {waits}
        </p>
      )}
      {room && now && !session.me.owns.length && (
        <p className="vs-subtle">{t('room.leaderAsked', { sentence: text(now.asks.leader) })}</p>
      )}
      {leading.error !== null && <ErrorMessage error={leading.error} />}
      {asking === 'choose' && <ChooseCase session={session} leading={leading} onClose={close} />}
      {asking === 'reveal' && <RevealDialog leading={leading} onClose={close} />}
      {asking === 'finish' && <FinishDialog leading={leading} onClose={close} />}
    </section>
  );
}
