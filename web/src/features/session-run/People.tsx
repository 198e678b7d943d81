import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Attending } from './Attending';
import { LetIn } from './LetIn';
import { isBlindNow, leaderFirst, leaderOf } from './steps';
import type { Session, SessionPerson } from './types';

interface PeopleProps {
  session: Session;
  meId: string | undefined;
  /** The ids of who has the session on a screen now; undefined in one room, where being there is not a screen. */
  present?: readonly string[];
}

/** Whether someone takes part now, and in which words. */
function whereabouts(person: SessionPerson, present: readonly string[] | undefined) {
  if (!present) {
    if (!person.present) return { here: false, how: 'away' } as const;
    return { here: true, how: person.onPaper ? 'onPaper' : 'here' } as const;
  }
  if (!person.agreed) return { here: false, how: 'agreeing' } as const;
  if (!person.present) return { here: false, how: 'apart' } as const;
  if (person.onPaper) return { here: true, how: 'onPaper' } as const;
  const here = present.includes(person.id);
  return { here, how: here ? 'here' : 'away' } as const;
}

/** Who is there, and outside blind steps who is ready. Never what anyone wrote, nor how much. */
export function People({ session, meId, present }: PeopleProps) {
  const { t } = useTranslation('sessionRun');
  const [lettingIn, setLettingIn] = useState(false);
  const leaderId = leaderOf(session);
  const leads = session.can.lead && session.state === 'running';
  return (
    <section className="vs-together" aria-labelledby="together-title">
      <h2 id="together-title" className="vs-together__title">
        {t('people.title')}
      </h2>
      <ul className="vs-together__list">
        {leaderFirst(session).map((person) => {
          const { id, name, ready, agreed } = person;
          const { here, how } = whereabouts(person, present);
          // At a distance who is on a screen tells so themselves: only of the others there is something to say.
          const unsure = !present || (agreed && !here);
          return (
            <li
              key={id}
              className={here ? 'vs-together__person' : 'vs-together__person vs-together__person--away'}
            >
              <span>{id === meId ? t('people.you', { name }) : name}</span>
              <span className="vs-together__how">
                {[
                  id === leaderId && t('people.leads'),
                  t(`people.${how}`),
                  present && ready && t('people.ready'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {leads && id !== leaderId && unsure && <Attending session={session} person={person} />}
            </li>
          );
        })}
      </ul>
      {isBlindNow(session) && session.step >= 0 && <p className="vs-subtle">{t('people.blind')}</p>}
      {leads && session.protocol.people.max > 1 && (
        <Button appearance="secondary-action-button" onClick={() => setLettingIn(true)}>
          {t('letIn.title')}
        </Button>
      )}
      {lettingIn && <LetIn session={session} person={null} onClose={() => setLettingIn(false)} />}
    </section>
  );
}
