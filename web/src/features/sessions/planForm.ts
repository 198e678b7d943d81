import type { Person } from '../../api/types';
import { fromWall, toWall } from '../../time/wall';
import type { NewSession, Protocol, Session, SessionChange } from './types';

export const SERIES = [5, 6, 7, 8] as const;
export const RHYTHM = [1, 2, 3, 4] as const;

/** What stands in the form of a session. */
export interface PlanForm {
  learningQuestion: string;
  title: string;
  protocol: string;
  participantIds: readonly string[];
  /** '' for oneself. */
  facilitatorId: string;
  /** Dutch wall time, as an <input type="datetime-local"> has it; '' for no day yet. */
  startsAt: string;
  series: boolean;
  rounds: number;
  weeks: number;
  place: Session['place'];
  clock: boolean;
}

export type PlanFault = 'question' | 'name' | 'protocol' | 'startsAt' | 'startsAtSeries' | 'coach';

/** A form without answers: nothing is chosen beforehand but what is the least. */
export function emptyPlan(): PlanForm {
  return {
    learningQuestion: '',
    title: '',
    protocol: '',
    participantIds: [],
    facilitatorId: '',
    startsAt: '',
    series: false,
    rounds: SERIES[0],
    weeks: 2,
    place: 'distance',
    clock: false,
  };
}

/** The form of a session that is there, for who changes it. */
export function planOf(session: Session): PlanForm {
  const leader = session.facilitator?.id;
  // A colleague who leads takes part as well; a coach who was asked comes on top.
  return {
    ...emptyPlan(),
    learningQuestion: session.learningQuestion,
    title: session.title,
    protocol: session.protocol.id,
    participantIds: session.people
      .filter(({ part }) => part === 'participant' || (part === 'leader' && session.request === 'none'))
      .map(({ id }) => id),
    facilitatorId: leader && leader !== session.maker.id ? leader : '',
    startsAt: session.startsAt ? toWall(new Date(session.startsAt)) : '',
    place: session.place,
    clock: session.clock,
  };
}

/** A protocol for a klantmanager and a coach: no colleagues are asked. */
export function isForTwo({ leader, people }: Protocol): boolean {
  return leader === 'coach' && people.max === 1;
}

/** Whom one can choose to lead, besides oneself: colleagues who take part, and coaches, as the protocol says. */
export function leadersOf(form: PlanForm, protocol: Protocol | undefined, others: readonly Person[]) {
  const peers = others.filter(({ id }) => form.participantIds.includes(id));
  const coaches = others.filter(
    ({ id, roles, joinsSessions }) =>
      joinsSessions && roles.includes('coach') && !peers.some((p) => p.id === id),
  );
  return {
    peers: protocol?.leader === 'coach' ? [] : peers,
    coaches: protocol?.leader === 'peer' ? [] : coaches,
  };
}

/** The plan as the protocol lets it be: a choice that is on the screen no more is not sent. */
export function settled(form: PlanForm, protocol: Protocol, others: readonly Person[]): PlanForm {
  const plan = isForTwo(protocol) ? { ...form, participantIds: [] } : form;
  const { peers, coaches } = leadersOf(plan, protocol, others);
  const leads = [...peers, ...coaches].some(({ id }) => id === plan.facilitatorId);
  return leads ? plan : { ...plan, facilitatorId: '' };
}

/** What is missing, in the order of the form. */
export function planFaults(form: PlanForm, protocol: Protocol | undefined): PlanFault[] {
  const faults: PlanFault[] = [];
  if (form.learningQuestion.trim() === '') faults.push('question');
  if (form.title.trim() === '') faults.push('name');
  if (!protocol) faults.push('protocol');
  if (protocol?.leader === 'coach' && form.facilitatorId === '') faults.push('coach');
  if (form.startsAt !== '' && !fromWall(form.startsAt)) faults.push('startsAt');
  if (form.series && form.startsAt === '') faults.push('startsAtSeries');
  return faults;
}

/** The body of a request to make the session; every fault is out of it. */
export function planBody(form: PlanForm): NewSession {
  const startsAt = fromWall(form.startsAt);
  return {
    title: form.title.trim(),
    learningQuestion: form.learningQuestion.trim(),
    protocol: form.protocol,
    participantIds: [...form.participantIds],
    place: form.place,
    clock: form.clock,
    ...(form.facilitatorId && { facilitatorId: form.facilitatorId }),
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(form.series && { furtherRounds: furtherRounds(form) }),
  };
}

/** The body of a change: the whole form as it stands, so that what was emptied is emptied. */
export function planChange(form: PlanForm): SessionChange {
  const { startsAt = null, facilitatorId = null, furtherRounds: _, ...plan } = planBody(form);
  return { ...plan, startsAt, facilitatorId };
}

/** When the rounds after the first begin: on the same day of the week, at the same time by the clock on the wall. */
export function furtherRounds({ startsAt, rounds, weeks }: Pick<PlanForm, 'startsAt' | 'rounds' | 'weeks'>) {
  const [day = '', time = ''] = startsAt.split('T');
  return Array.from({ length: rounds - 1 }, (_, index) => {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + (index + 1) * weeks * 7);
    const moment = fromWall(`${date.toISOString().slice(0, 10)}T${time}`);
    return moment ? moment.toISOString() : '';
  });
}
