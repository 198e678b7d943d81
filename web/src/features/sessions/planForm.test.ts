import { describe, expect, it } from 'vitest';
import { emptyPlan, furtherRounds, planBody, planFaults, planOf } from './planForm';
import { aProtocol, aSession } from './testSession';

const filled = {
  ...emptyPlan(),
  learningQuestion: ' Hoe blijf ik rustig? ',
  title: 'De brief',
  protocol: 'p',
};

describe('the plan of a session', () => {
  it('has no answers beforehand, and no clock', () => {
    expect(emptyPlan()).toMatchObject({ title: '', protocol: '', participantIds: [], clock: false });
  });

  it('says everything that is missing at once', () => {
    expect(planFaults({ ...emptyPlan(), series: true }, undefined)).toEqual([
      'question',
      'name',
      'protocol',
      'startsAtSeries',
    ]);
  });

  it('asks for a coach where only a coach leads', () => {
    const protocol = { ...aProtocol, leader: 'coach' as const };
    expect(planFaults(filled, protocol)).toEqual(['coach']);
    expect(planFaults({ ...filled, facilitatorId: 'bram' }, protocol)).toEqual([]);
  });

  it('may have no day yet, but no half of one', () => {
    expect(planFaults(filled, aProtocol)).toEqual([]);
    expect(planFaults({ ...filled, startsAt: '2026-11' }, aProtocol)).toEqual(['startsAt']);
  });

  it('is sent without what was left out', () => {
    expect(planBody(filled)).toEqual({
      title: 'De brief',
      learningQuestion: 'Hoe blijf ik rustig?',
      protocol: 'p',
      participantIds: [],
      place: 'distance',
      clock: false,
    });
  });

  it('begins each further round at the same time by the clock on the wall, also over the change of the clock', () => {
    expect(furtherRounds({ startsAt: '2026-10-20T10:00', rounds: 3, weeks: 1 })).toEqual([
      '2026-10-27T09:00:00.000Z',
      '2026-11-03T09:00:00.000Z',
    ]);
  });

  it('comes back as it was', () => {
    const form = planOf(aSession({ facilitator: { id: 'bram', name: 'Bram' }, request: 'asked' }));
    expect(form).toMatchObject({
      title: 'De brief',
      facilitatorId: 'bram',
      participantIds: ['sem', 'aylin'],
      startsAt: '2026-12-01T10:15',
    });
  });
});
