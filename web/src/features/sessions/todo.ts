import type { SessionSummary } from './types';

const DAY_MS = 24 * 3600_000;
/** How long before it a session is put forward. */
const AHEAD_MS = 7 * DAY_MS;

export type Shelf = 'request' | 'now' | 'later' | 'earlier';

type Asked = Pick<SessionSummary, 'state' | 'request'> & { me: { leads: boolean } };

/** A coach was asked, and this is that coach. */
export function isRequest({ state, request, me }: Asked): boolean {
  return state === 'draft' && request === 'asked' && me.leads;
}

function isSoon(startsAt: string | undefined, now: Date): boolean {
  return startsAt !== undefined && Date.parse(startsAt) - now.getTime() < AHEAD_MS;
}

/** A later round of a series: its plan is made when its time comes, not all of them at once. */
function isFarRound({ round = 1, startsAt }: SessionSummary, now: Date): boolean {
  return round > 1 && startsAt !== undefined && !isSoon(startsAt, now);
}

/** Where a session stands on the page; nothing is ever "too late". */
export function shelfOf(session: SessionSummary, now: Date): Shelf {
  if (session.state === 'finished' || session.state === 'cancelled') return 'earlier';
  if (isRequest(session)) return 'request';
  if (session.state === 'running') return 'now';
  if (session.state === 'draft')
    return session.me.part === 'maker' && !isFarRound(session, now) ? 'now' : 'later';
  return !session.me.agreed || isSoon(session.startsAt, now) ? 'now' : 'later';
}

type CardStep =
  | 'draft'
  | 'asked'
  | 'declined'
  | 'agreement'
  | 'prepare'
  | 'running'
  | 'wait'
  | 'finished'
  | 'cancelled';

/** What the session asks of one now, in one sentence of the card. */
export function cardStep({ state, request, me }: SessionSummary): CardStep {
  switch (state) {
    case 'draft':
      if (me.part !== 'maker') return 'wait';
      if (request === 'asked' || request === 'declined') return request;
      return 'draft';
    case 'preparing':
      return me.agreed ? 'prepare' : 'agreement';
    case 'running':
      return me.agreed ? 'running' : 'agreement';
    default:
      return state;
  }
}

/** Sessions of this day, and those that go on now: what "Mijn gesprekken" puts forward. */
export function isToday(session: SessionSummary, today: string, dayOf: (iso: string) => string): boolean {
  if (session.state === 'running') return true;
  return session.state === 'preparing' && session.startsAt !== undefined && dayOf(session.startsAt) === today;
}

/** The first one comes first; what has no day yet stands last. */
export function bySoonest(a: SessionSummary, b: SessionSummary): number {
  const at = ({ startsAt }: SessionSummary) => (startsAt ? Date.parse(startsAt) : Number.POSITIVE_INFINITY);
  const [left, right] = [at(a), at(b)];
  return left === right ? 0 : left - right;
}
