import { describe, expect, it } from 'vitest';
import { aSummary } from './testSession';
import { bySoonest, cardStep, isToday, type Shelf, shelfOf } from './todo';
import type { SessionSummary } from './types';

const now = new Date('2026-12-01T08:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000).toISOString();
const member = { part: 'participant' as const, leads: false, owns: [], agreed: true, takeAlong: false };

describe('the sessions on the page', () => {
  it.each<[string, Partial<SessionSummary>, Shelf]>([
    [
      'a request to a coach',
      { request: 'asked', me: { part: 'leader', leads: true, owns: [], agreed: false, takeAlong: false } },
      'request',
    ],
    ['a draft of one’s own', { state: 'draft' }, 'now'],
    ['the first round of a series', { state: 'draft', round: 1, rounds: 5, startsAt: inDays(20) }, 'now'],
    ['a later round', { state: 'draft', round: 3, rounds: 5, startsAt: inDays(20) }, 'later'],
    ['a later round that is near', { state: 'draft', round: 3, rounds: 5, startsAt: inDays(5) }, 'now'],
    ['a draft of another', { state: 'draft', me: member }, 'later'],
    [
      'an agreement that waits',
      { state: 'preparing', startsAt: inDays(12), me: { ...member, agreed: false } },
      'now',
    ],
    ['a session this week', { state: 'preparing', startsAt: inDays(3), me: member }, 'now'],
    ['a session after next week', { state: 'preparing', startsAt: inDays(10), me: member }, 'later'],
    ['one that goes on', { state: 'running', me: member }, 'now'],
    ['one that has been', { state: 'finished' }, 'earlier'],
    ['one that was called off', { state: 'cancelled' }, 'earlier'],
  ])('%s', (_, part, shelf) => {
    expect(shelfOf(aSummary(part), now)).toBe(shelf);
  });

  it('ask for the agreement before anything else', () => {
    expect(cardStep(aSummary({ state: 'running', me: { ...member, agreed: false } }))).toBe('agreement');
    expect(cardStep(aSummary({ state: 'preparing', me: member }))).toBe('prepare');
  });

  it('tell the maker what the coach said', () => {
    expect(cardStep(aSummary({ request: 'declined' }))).toBe('declined');
  });

  it('are put forward on their day', () => {
    const day = (iso: string) => iso.slice(0, 10);
    const today = day(inDays(0));
    expect(isToday(aSummary({ state: 'preparing', startsAt: inDays(0.2) }), today, day)).toBe(true);
    expect(isToday(aSummary({ state: 'preparing', startsAt: inDays(1) }), today, day)).toBe(false);
    expect(isToday(aSummary({ state: 'draft', startsAt: inDays(0.2) }), today, day)).toBe(false);
  });

  it('stand in the order of their day', () => {
    const sorted = [
      aSummary({ id: 'none' }),
      aSummary({ id: 'b', startsAt: inDays(2) }),
      aSummary({ id: 'a', startsAt: inDays(1) }),
    ];
    expect(sorted.sort(bySoonest).map(({ id }) => id)).toEqual(['a', 'b', 'none']);
  });
});
