import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Message } from '../../ui/Message';
import { AddSomeone } from './AddSomeone';
import { AgreementText } from './AgreementText';
import { PresencePerson } from './PresencePerson';
import { type Hindrance, hindranceOf, listed, nobodyYet, type Presence, startOf } from './presence';
import { Refused } from './Refused';
import type { Session } from './types';
import { useStarting } from './useStarting';

function useHindranceText() {
  const { t } = useTranslation('sessionRun');
  return (hindrance: Hindrance) => t(`room.refused.${hindrance.code}`, { ...hindrance });
}

/**
 * A session in a room begins with who is there. Every name passes the guard at the server; an evaluator, or a yes
 * that is missing, stops the start with the reason.
 */
export function PresenceList({ session }: { session: Session }) {
  const { t } = useTranslation('sessionRun');
  const hindranceText = useHindranceText();
  const [presence, setPresence] = useState<Presence>(nobodyYet);
  const [hindrance, setHindrance] = useState<Hindrance | null>(null);
  const starting = useStarting(session.id);
  const people = listed(session, presence);
  const change = (part: Partial<Presence>) => {
    setPresence({ ...presence, ...part });
    setHindrance(null);
    starting.reset();
  };
  const say = (id: string, yes: boolean) =>
    change({ spoken: yes ? [...presence.spoken, id] : presence.spoken.filter((one) => one !== id) });
  const begin = () => {
    const found = hindranceOf(session, presence);
    setHindrance(found);
    if (!found && !starting.isPending) starting.mutate(startOf(session, presence));
  };
  return (
    <div className="vs-presence">
      <Paragraph>{t('room.intro')}</Paragraph>
      <ul className="vs-presence__list">
        {people.map((person) => (
          <PresencePerson
            key={person.id}
            person={person}
            where={presence.where[person.id]}
            spoken={presence.spoken.includes(person.id)}
            onWhere={(where) => change({ where: { ...presence.where, [person.id]: where } })}
            onSpoken={(yes) => say(person.id, yes)}
          />
        ))}
      </ul>
      <AddSomeone
        known={people}
        onAdd={(guest) =>
          change({ guests: [...presence.guests, guest], where: { ...presence.where, [guest.id]: 'here' } })
        }
      />
      {people.some(({ agreed }) => !agreed) && <AgreementText />}
      {hindrance && <Message type="error">{hindranceText(hindrance)}</Message>}
      {starting.error && <Refused error={starting.error} />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" disabled={starting.isPending} onClick={begin}>
          {t('room.begin')}
        </Button>
      </div>
    </div>
  );
}
