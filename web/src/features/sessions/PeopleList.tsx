import { useTranslation } from 'react-i18next';
import type { Session, SessionMember } from './types';

/** How someone stands in it, in a word or two; of a coach who was asked that comes first. */
function useStanding(session: Session) {
  const { t } = useTranslation('sessions');
  return ({ id, agreed, mailed }: SessionMember) => {
    const asked = session.facilitator?.id === id && id !== session.maker.id;
    if (asked && (session.request === 'asked' || session.request === 'declined'))
      return t(`person.${session.request}`);
    if (session.state === 'draft') return null;
    if (agreed) return t('person.agreed');
    const told = mailed || id === session.maker.id || session.state !== 'preparing' || !session.can.plan;
    return told ? t('person.waiting') : [t('person.waiting'), t('person.notMailed')].join(' · ');
  };
}

const order = ['maker', 'leader', 'participant'];

/** Who made it first, then who leads, then the others by name. */
function inOrder(people: readonly SessionMember[]): SessionMember[] {
  return [...people].sort(
    (a, b) => order.indexOf(a.part) - order.indexOf(b.part) || a.name.localeCompare(b.name, 'nl'),
  );
}

/** Who take part and whether they agreed: no more than that about anyone. */
export function PeopleList({ session, selfId }: { session: Session; selfId: string }) {
  const { t } = useTranslation('sessions');
  const standing = useStanding(session);
  return (
    <ul className="vs-lines">
      {inOrder(session.people).map((person) => {
        const leads = (session.facilitator ?? session.maker).id === person.id;
        const parts = [
          t(`person.${person.part}`),
          ...(leads && person.part === 'maker' ? [t('person.leader')] : []),
        ];
        const now = standing(person);
        return (
          <li key={person.id} className="vs-line">
            <div className="vs-line__text">
              <p className="vs-line__name">
                {person.id === selfId ? t('person.you', { name: person.name }) : person.name}
              </p>
              <p className="vs-subtle">{[...parts, ...(now ? [now] : [])].join(' · ')}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
