import type { Protocol, Session, SessionSummary } from './types';

const both = (text: string) => ({ nl: text, en: text });
const asks = { owner: both('…'), participant: both('…'), leader: both('…') };
const nothing = { owner: [], participant: [], leader: [] };

/** What the server could answer, for tests. */
export const aProtocol: Protocol = {
  id: 'p',
  version: 1,
  name: both('Incidentmethode'),
  about: both('Eén casus goed bekijken.'),
  minutes: 65,
  people: { min: 3, max: 6 },
  leader: 'any',
  cases: 'several',
  prepare: { asks, posts: nothing, blind: true, refused: both('…') },
  steps: [],
};

export function aSession(part: Partial<Session> = {}): Session {
  const person = { agreed: false, present: false, onPaper: false, mailed: false };
  return {
    id: 's1',
    version: 3,
    state: 'draft',
    emptied: false,
    title: 'De brief',
    learningQuestion: 'Hoe blijf ik rustig?',
    protocol: aProtocol,
    purpose: 'peer_review',
    place: 'distance',
    clock: false,
    startsAt: '2026-12-01T09:15:00Z',
    request: 'none',
    maker: { id: 'noor', name: 'Noor' },
    people: [
      { id: 'noor', name: 'Noor', part: 'maker', ...person },
      { id: 'sem', name: 'Sem', part: 'participant', ...person },
      { id: 'aylin', name: 'Aylin', part: 'participant', ...person },
    ],
    fragments: [],
    step: -1,
    revealed: [],
    everyoneReady: false,
    me: { part: 'maker', leads: true, owns: [], agreed: false, ready: false, posts: [], filmLead: false },
    can: { plan: true, open: true, start: false, lead: true, cancel: true, finish: false },
    ...part,
  };
}

export function aSummary(part: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id: 's1',
    version: 1,
    state: 'draft',
    title: 'De brief',
    protocol: { id: 'p', name: aProtocol.name },
    place: 'distance',
    request: 'none',
    maker: { id: 'noor', name: 'Noor' },
    me: { part: 'maker', leads: true, owns: [], agreed: true, takeAlong: false },
    ...part,
  };
}
