import { describe, expect, it } from 'vitest';
import { protocol, sessionFor } from './sessionForTest';
import {
  askedOf,
  choosesNow,
  filmLeader,
  fragmentsNow,
  gateOf,
  isBlindNow,
  isShown,
  leadsFilm,
  PREPARING,
  stepOf,
} from './steps';

const asked = (...args: Parameters<typeof sessionFor>) => askedOf(sessionFor(...args)).map(({ nl }) => nl);

describe('what is asked', () => {
  it('is the sentence of one’s own role', () => {
    expect(asked()).toEqual(['vragen: deelnemer']);
    expect(asked({ me: { leads: true } })).toEqual(['vragen: leider']);
    expect(asked({ me: { owns: [1] } })).toEqual(['vragen: eigenaar']);
  });

  it('is both sentences for who owns and leads', () => {
    expect(asked({ me: { owns: [1], leads: true } })).toEqual(['vragen: eigenaar', 'vragen: leider']);
  });

  it('makes a participant of who brought another case than the chosen one', () => {
    expect(asked({ me: { owns: [2] } })).toEqual(['vragen: deelnemer']);
    expect(asked({ step: 0, me: { owns: [2] } })).toEqual(['kiezen: eigenaar']);
    expect(asked({ step: PREPARING, me: { owns: [2] } })).toEqual(['voorbereiden: eigenaar']);
  });
});

describe('the gate', () => {
  it.each([
    ['is open where the leader decides', { step: 1 }, null],
    ['waits for a choice where one is made', { step: 0, chosen: undefined }, 'choose'],
    ['is open once the choice is made', { step: 0 }, null],
    ['waits for everyone in a blind step', { step: 2 }, 'ready'],
    ['is open when everyone is ready', { step: 2, everyoneReady: true }, null],
    ['is open when the leader revealed the step', { step: 2, revealed: [2] }, null],
    ['is open where nothing can be written any more', { step: 2, emptied: true }, null],
  ] as const)('%s', (_what, state, gate) => {
    const { chosen, ...rest } = { chosen: 1, ...state };
    const session = sessionFor({ ...rest, revealed: [...('revealed' in state ? state.revealed : [])] });
    if (chosen === undefined) delete session.chosen;
    expect(gateOf(session)).toBe(gate);
  });

  it('chooses in one step only', () => {
    expect([PREPARING, 0, 1, 2, 3].filter((step) => choosesNow(sessionFor({ step })))).toEqual([0]);
  });

  it.each([
    ['closed', [{ n: 1, state: 'closed' } as const]],
    ['gone', []],
  ])('does not wait for a choice when everything is %s', (_what, fragments) => {
    const session = sessionFor({ step: 0, fragments });
    delete session.chosen;
    expect(gateOf(session)).toBeNull();
    expect(choosesNow(session)).toBe(false);
  });
});

describe('a blind step', () => {
  it('is one’s own until it is revealed, preparing too', () => {
    expect(isBlindNow(sessionFor({ step: 2 }))).toBe(true);
    expect(isBlindNow(sessionFor({ step: 2, revealed: [2] }))).toBe(false);
    expect(isShown(sessionFor(), PREPARING)).toBe(false);
    expect(isShown(sessionFor({ revealed: [PREPARING] }), PREPARING)).toBe(true);
    expect(isShown(sessionFor(), 1)).toBe(true);
  });

  it('that the protocol does not know shows nothing', () => {
    expect(stepOf(protocol, 9)).toBeUndefined();
    expect(isShown(sessionFor(), 9)).toBe(false);
  });
});

describe('the film', () => {
  it('is of the fragments that the step shows', () => {
    const numbers = (step: number, owns: number[] = []) =>
      fragmentsNow(sessionFor({ step, me: { owns } })).map(({ n }) => n);
    expect(numbers(PREPARING)).toEqual([1, 2]);
    expect(numbers(0)).toEqual([]);
    expect(numbers(1)).toEqual([1]);
  });

  it('is led by the owner of the fragment that is on, or by the leader, as the step says', () => {
    expect(leadsFilm(sessionFor({ me: { owns: [1] } }), 1)).toBe(true);
    expect(leadsFilm(sessionFor({ me: { owns: [2] } }), 1)).toBe(false);
    expect(leadsFilm(sessionFor({ me: { leads: true } }), 1)).toBe(false);
    expect(leadsFilm(sessionFor({ step: 2, me: { leads: true } }), 1)).toBe(true);
    expect(filmLeader(sessionFor(), 1)).toBe('noor');
    expect(filmLeader(sessionFor({ step: 2 }), 1)).toBe('bram');
    expect(leadsFilm(sessionFor({ place: 'room', me: { leads: true } }), 1)).toBe(true);
    expect(leadsFilm(sessionFor({ place: 'room', me: { owns: [1] } }), 1)).toBe(false);
    expect(leadsFilm(sessionFor({ step: PREPARING, me: { owns: [1], leads: true } }), 1)).toBe(false);
  });
});
