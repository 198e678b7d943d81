import type { Protocol, ProtocolStep, Session, SessionFragment } from './types';

/** The step before the first: everyone looks and writes alone. */
export const PREPARING = -1;

/** A sentence in both languages of the screens. */
export type Text = Protocol['name'];

/** A step as the screen shows it; preparing is one too. */
export type Step = Pick<ProtocolStep, 'asks' | 'film' | 'posts' | 'blind' | 'gate' | 'refused'> & {
  /** None while preparing: the screen has a word of its own for it. */
  name?: Text;
  leads?: ProtocolStep['leads'];
  minutes?: number;
};

/** The step with the index; undefined when the protocol has none. */
export function stepOf(protocol: Protocol, index: number): Step | undefined {
  if (index === PREPARING) return { ...protocol.prepare, film: 'all', gate: 'leader' };
  return protocol.steps[index];
}

const chooseIndex = ({ choose, steps }: Protocol) => steps.findIndex(({ id }) => id === choose);

/** Whether one is an owner in this step: after one case was chosen only its owner is. */
export function owns({ protocol, step, chosen, me }: Session): boolean {
  const choosing = chooseIndex(protocol);
  const aboutChosen = choosing >= 0 && step > choosing;
  return aboutChosen ? chosen !== undefined && me.owns.includes(chosen) : me.owns.length > 0;
}

/** What is asked of oneself now: a sentence, and a second one of who owns and leads. */
export function askedOf(session: Session): Text[] {
  const step = stepOf(session.protocol, session.step);
  if (!step) return [];
  const { asks } = step;
  if (owns(session)) return session.me.leads ? [asks.owner, asks.leader] : [asks.owner];
  return [session.me.leads ? asks.leader : asks.participant];
}

/** Why the leader cannot go on yet. */
type Gate = 'choose' | 'ready' | null;

/** Whether the way to the next step is open. The server says the same (step_gate); this only explains it. */
export function gateOf(session: Session): Gate {
  const { protocol, step, chosen, everyoneReady } = session;
  if (session.emptied) return null;
  if (choosesNow(session) && chosen === undefined) return 'choose';
  const now = stepOf(protocol, step);
  if (now?.gate !== 'ready' || everyoneReady) return null;
  // Who revealed a blind step has waited long enough.
  return now.blind && isShown(session, step) ? null : 'ready';
}

/** Whether a case is chosen in this step: where none is left to choose from one goes on without. */
export function choosesNow({ protocol, step, fragments }: Session): boolean {
  return step >= 0 && step === chooseIndex(protocol) && fragments.some(({ state }) => state === 'open');
}

/** Whether what was written in this step is still its author's alone. */
export function isBlindNow({ protocol, step, revealed, emptied }: Session): boolean {
  return !emptied && (stepOf(protocol, step)?.blind ?? false) && !revealed.includes(step);
}

/** Whether everyone in the session may read what was written in a step. */
export function isShown({ protocol, revealed }: Session, step: number): boolean {
  const known = stepOf(protocol, step);
  return known !== undefined && (!known.blind || revealed.includes(step));
}

/** Whether a film belongs to this step for everyone, there or not any more. */
export function hasFilm({ protocol, step }: Session): boolean {
  const film = stepOf(protocol, step)?.film;
  return film === 'all' || film === 'chosen';
}

/** The fragments that can be on for oneself in this step; those that are closed among them, as a place with a sentence. */
export function fragmentsNow(session: Session): SessionFragment[] {
  const { fragments, chosen, me } = session;
  switch (stepOf(session.protocol, session.step)?.film) {
    case 'all':
      return fragments;
    case 'own':
      return fragments.filter(({ n }) => me.owns.includes(n));
    case 'chosen':
      return fragments.filter(({ n }) => n === chosen);
    default:
      return [];
  }
}

/** Whether one starts and stops this fragment for everyone. */
export function leadsFilm(session: Session, n: number): boolean {
  const leads = whoLeads(session);
  if (leads === 'owner') return session.me.owns.includes(n);
  return leads === 'leader' && session.me.leads;
}

/** In a room the film is on one screen, the leader's: the owner says when, the leader presses. */
function whoLeads({ protocol, step, place }: Session): ProtocolStep['leads'] {
  const leads = stepOf(protocol, step)?.leads;
  return leads && place === 'room' ? 'leader' : leads;
}

/** Who starts and stops this fragment for everyone: the id of a person. */
export function filmLeader(session: Session, n: number): string | undefined {
  const leads = whoLeads(session);
  if (leads === 'owner') return session.fragments.find((fragment) => fragment.n === n)?.ownerId;
  return leads === 'leader' ? leaderOf(session) : undefined;
}

/** Who leads the session: the id of a person. */
export function leaderOf({ facilitator, maker }: Session): string {
  return (facilitator ?? maker).id;
}

/** Who leads first, then the others by name: the same on everyone's screen. */
export function leaderFirst(session: Session): Session['people'] {
  const leaderId = leaderOf(session);
  return [...session.people].sort(
    (a, b) => Number(b.id === leaderId) - Number(a.id === leaderId) || a.name.localeCompare(b.name, 'nl'),
  );
}
