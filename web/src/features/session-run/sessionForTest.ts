import type { Contribution, Protocol, ProtocolStep, Session } from './types';

const say = (nl: string) => ({ nl, en: `${nl} (en)` });
const asks = (step: string) => ({
  owner: say(`${step}: eigenaar`),
  participant: say(`${step}: deelnemer`),
  leader: say(`${step}: leider`),
});

const step = (id: string, more: Partial<ProtocolStep> = {}): ProtocolStep => ({
  id,
  name: say(id),
  minutes: 10,
  asks: asks(id),
  film: 'chosen',
  leads: 'leader',
  posts: { owner: [], participant: ['observation'], leader: ['observation'] },
  blind: false,
  gate: 'leader',
  reveal: false,
  rehearse: false,
  refused: say(`nu niet in ${id}`),
  ...more,
});

/** A protocol with every kind of step there is: choosing, questions, a blind one, an end. */
export const protocol: Protocol = {
  id: 'test',
  version: 1,
  name: say('Werkvorm'),
  about: say('Om te testen'),
  minutes: 40,
  people: { min: 3, max: 6 },
  leader: 'any',
  cases: 'several',
  choose: 'kiezen',
  prepare: {
    asks: asks('voorbereiden'),
    posts: { owner: ['observation'], participant: ['observation', 'question'], leader: ['observation'] },
    blind: true,
    refused: say('nog geen analyse'),
  },
  steps: [
    step('kiezen', { film: 'none' }),
    step('vragen', {
      leads: 'owner',
      reveal: true,
      posts: { owner: ['answer'], participant: ['question'], leader: ['question'] },
    }),
    step('analyse', {
      blind: true,
      gate: 'ready',
      posts: { owner: [], participant: ['analysis'], leader: ['analysis'] },
    }),
    step('einde', { film: 'none' }),
  ],
};

const person = (id: string, name: string, part: 'maker' | 'leader' | 'participant') => ({
  id,
  name,
  part,
  agreed: true,
  present: true,
  onPaper: false,
  mailed: false,
});

/** A running session of noor (owner of 1), bram (leads), sem and daan (owner of 2), as sem sees it. */
export function sessionFor(
  more: Partial<Omit<Session, 'me' | 'can'>> & {
    me?: Partial<Session['me']>;
    can?: Partial<Session['can']>;
  } = {},
): Session {
  const { me, can, ...rest } = more;
  return {
    id: 's1',
    version: 1,
    state: 'running',
    emptied: false,
    title: 'De brief',
    learningQuestion: 'Hoe blijf ik rustig?',
    protocol,
    purpose: 'peer_review',
    place: 'distance',
    clock: false,
    request: 'none',
    maker: { id: 'noor', name: 'Noor' },
    facilitator: { id: 'bram', name: 'Bram' },
    people: [
      person('noor', 'Noor', 'maker'),
      person('bram', 'Bram', 'leader'),
      person('sem', 'Sem', 'participant'),
      person('daan', 'Daan', 'participant'),
    ],
    fragments: [
      {
        n: 1,
        state: 'open',
        ownerId: 'noor',
        ownerName: 'Noor',
        startMs: 10_000,
        endMs: 40_000,
        whole: false,
        leadMs: 500,
        durationMs: 30_500,
      },
      {
        n: 2,
        state: 'open',
        ownerId: 'daan',
        ownerName: 'Daan',
        startMs: 0,
        endMs: 20_000,
        whole: false,
        leadMs: 0,
        durationMs: 20_000,
      },
    ],
    step: 1,
    chosen: 1,
    revealed: [],
    everyoneReady: false,
    me: {
      part: 'participant',
      leads: false,
      owns: [],
      agreed: true,
      ready: false,
      posts: ['question'],
      filmLead: false,
      ...me,
    },
    can: { plan: false, open: false, start: false, lead: false, cancel: false, finish: false, ...can },
    ...rest,
  };
}

export function contribution(id: string, more: Partial<Contribution> = {}): Contribution {
  return {
    id,
    author: { id: 'sem', name: 'Sem' },
    step: 1,
    kind: 'question',
    body: `Vraag ${id}`,
    version: 1,
    createdAt: '2026-11-25T10:00:00Z',
    updatedAt: '2026-11-25T10:00:00Z',
    can: { edit: true, remove: true },
    ...more,
  };
}
