import { leaderFirst, leaderOf } from './steps';
import type { Session } from './types';

/** Where someone is as a session in a room begins. */
export type Where = 'here' | 'away' | 'paper';

/** Someone on the list: invited, or "nog iemand". */
export interface Listed {
  id: string;
  name: string;
  /** Accepted the agreement on their own page. */
  agreed: boolean;
}

/** The list as it is filled in, before the server looks at it. */
export interface Presence {
  where: Readonly<Record<string, Where | undefined>>;
  /** Who said yes to the agreement aloud. */
  spoken: readonly string[];
  /** Who was not invited and is in the room too. */
  guests: readonly Listed[];
}

export const nobodyYet: Presence = { where: {}, spoken: [], guests: [] };

/** Everyone on the list: the invited first. */
export function listed(session: Session, { guests }: Presence): Listed[] {
  const people = leaderFirst(session);
  return [...people, ...guests.filter(({ id }) => people.every((person) => person.id !== id))];
}

function takesPart({ where }: Presence, { id }: Listed): boolean {
  return where[id] === 'here' || where[id] === 'paper';
}

/** Why a session in a room does not begin yet; with a name where it is about one person. */
export type Hindrance =
  | { code: 'evaluator'; name: string; owner: string }
  | { code: 'undecided' | 'agreement'; name: string }
  | { code: 'leader' };

/** What stands in the way; null when nothing does that is known here. The guard is at the server, and decides. */
export function hindranceOf(session: Session, presence: Presence): Hindrance | null {
  const barred = session.problems?.find(({ code }) => code === 'evaluator');
  if (barred) return { code: 'evaluator', name: barred.personName ?? '', owner: barred.ownerName ?? '' };
  const everyone = listed(session, presence);
  const open = everyone.find(({ id }) => presence.where[id] === undefined);
  if (open) return { code: 'undecided', name: open.name };
  if (presence.where[leaderOf(session)] === 'away') return { code: 'leader' };
  const silent = everyone.find(
    (person) => takesPart(presence, person) && !person.agreed && !presence.spoken.includes(person.id),
  );
  return silent ? { code: 'agreement', name: silent.name } : null;
}

/** What the start says: who is there, who of them writes on paper, and whose spoken yes is to be recorded. */
export function startOf(session: Session, presence: Presence) {
  const there = listed(session, presence).filter((person) => takesPart(presence, person));
  const ids = (people: readonly Listed[]) => people.map(({ id }) => id);
  return {
    present: ids(there.filter(({ id }) => presence.where[id] === 'here')),
    onPaper: ids(there.filter(({ id }) => presence.where[id] === 'paper')),
    agreed: ids(there.filter(({ id, agreed }) => !agreed && presence.spoken.includes(id))),
  };
}
