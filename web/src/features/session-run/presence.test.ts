import { describe, expect, it } from 'vitest';
import { hindranceOf, nobodyYet, type Presence, startOf, type Where } from './presence';
import { sessionFor } from './sessionForTest';

const everyone = (more: Record<string, Where> = {}, rest: Partial<Presence> = {}): Presence => ({
  ...nobodyYet,
  where: { noor: 'here', bram: 'here', sem: 'here', daan: 'here', ...more },
  ...rest,
});
const room = (silent: string[] = []) => {
  const session = sessionFor({ state: 'preparing', place: 'room', step: -1 });
  for (const person of session.people) if (silent.includes(person.id)) person.agreed = false;
  return session;
};
const fatima = { id: 'fatima', name: 'Fatima', agreed: false };

describe('the presence list', () => {
  it('lets a session begin when of everyone it is known, and who takes part said yes', () => {
    expect(hindranceOf(room(), everyone({ daan: 'paper' }))).toBeNull();
  });

  it('asks of each of them first', () => {
    const { sem: _, ...where } = everyone().where;
    expect(hindranceOf(room(), everyone({}, { where }))).toEqual({ code: 'undecided', name: 'Sem' });
  });

  it('does not begin without a yes, unless it was spoken or they are not there', () => {
    const waits = { code: 'agreement', name: 'Daan' };
    expect(hindranceOf(room(['daan']), everyone())).toEqual(waits);
    expect(hindranceOf(room(['daan']), everyone({ daan: 'paper' }))).toEqual(waits);
    expect(hindranceOf(room(['daan']), everyone({}, { spoken: ['daan'] }))).toBeNull();
    expect(hindranceOf(room(['daan']), everyone({ daan: 'away' }))).toBeNull();
  });

  it('does not begin without the leader', () => {
    expect(hindranceOf(room(), everyone({ bram: 'away' }))).toEqual({ code: 'leader' });
  });

  it('does not begin with an evaluator among them, wherever they are', () => {
    const session = room();
    session.problems = [{ code: 'evaluator', personName: 'Ingrid', ownerName: 'Noor' }];
    expect(hindranceOf(session, everyone())).toEqual({ code: 'evaluator', name: 'Ingrid', owner: 'Noor' });
  });

  it('asks of somebody more what it asks of the others', () => {
    const guests = [fatima];
    expect(hindranceOf(room(), everyone({}, { guests }))).toEqual({ code: 'undecided', name: 'Fatima' });
    expect(hindranceOf(room(), everyone({ fatima: 'here' }, { guests }))).toEqual({
      code: 'agreement',
      name: 'Fatima',
    });
    expect(hindranceOf(room(), everyone({ fatima: 'here' }, { guests, spoken: ['fatima'] }))).toBeNull();
  });

  it('starts with who is there, who writes on paper, and the yes of who said it aloud', () => {
    const where = { daan: 'paper', sem: 'away', fatima: 'here' } as const;
    const presence = everyone(where, { guests: [fatima], spoken: ['fatima', 'daan', 'sem', 'noor'] });
    expect(startOf(room(['daan', 'sem']), presence)).toEqual({
      present: ['bram', 'noor', 'fatima'],
      onPaper: ['daan'],
      agreed: ['daan', 'fatima'],
    });
  });
});
