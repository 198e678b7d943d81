import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { Suspense } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Recording, Session, SessionSummary } from '../../api/types';
import { aProtocol, aSession, aSummary } from '../../features/sessions/testSession';
import { Code } from '../code';
import { routes } from '../router';

const API = 'http://127.0.0.1:8080/api/v1';
const both = (text: string) => ({ nl: text, en: text });

const film: Recording = {
  id: 'r1',
  conversationId: 'c1',
  state: 'ready',
  origin: 'file',
  contentType: 'video/mp4',
  sizeBytes: 10,
  receivedBytes: 10,
  startedAt: '2026-11-03T09:15:00Z',
  expiresAt: '2027-01-02T09:15:00Z',
  scopes: ['coach'],
  can: { watch: true, annotate: true, erase: true },
};
const chosen = { id: 'f1', startMs: 14_000, endMs: 40_000, title: 'Het keerpunt', reason: '', version: 1 };

/** The screens of who signed in, without the frame and the stream of changes. */
const screens = routes[0]?.children?.[0]?.children ?? [];

let sent: { path: string; method: string; body: unknown }[] = [];
let sessions: SessionSummary[] = [];
let session: Session = aSession();
let refusal: object | null = null;
const server = setupServer();

async function note(request: Request) {
  const text = await request.text();
  const path = new URL(request.url).pathname.replace('/api/v1', '');
  sent.push({ path, method: request.method, body: text ? JSON.parse(text) : null });
}

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  // Here the code of a screen is read from disk: not in the time of the first test.
  await Promise.all(screens.map(({ handle }) => handle instanceof Code && handle.preload()));
}, 60_000);
beforeEach(() => {
  sent = [];
  sessions = [];
  session = aSession();
  refusal = null;
  const can = { createConversation: true, createSession: true, joinSessions: true };
  server.use(
    http.get(`${API}/me`, () =>
      HttpResponse.json({ id: 'noor', name: 'Noor', roles: ['klantmanager'], can }),
    ),
    http.get(`${API}/settings`, () => HttpResponse.json({ organisation: 'Gemeente', people: [] })),
    http.get(`${API}/protocols`, () =>
      HttpResponse.json({
        items: [
          aProtocol,
          {
            ...aProtocol,
            id: 'c',
            name: both('Reflectiegesprek'),
            leader: 'coach',
            people: { min: 1, max: 1 },
          },
        ],
      }),
    ),
    http.get(`${API}/people`, () =>
      HttpResponse.json({
        items: [
          { id: 'noor', name: 'Noor', roles: ['klantmanager'], joinsSessions: true },
          { id: 'sem', name: 'Sem', roles: ['klantmanager'], joinsSessions: true },
          { id: 'bram', name: 'Bram', roles: ['coach'], joinsSessions: true },
          // Of the works council too: never watches, and so is not offered.
          {
            id: 'fatima',
            name: 'Fatima',
            roles: ['klantmanager', 'coach', 'works_council'],
            joinsSessions: false,
          },
        ],
      }),
    ),
    http.get(`${API}/agreement`, () =>
      HttpResponse.json({ version: 1, ...both('Wat we zien blijft hier. We leren.') }),
    ),
    http.get(`${API}/conversations`, () =>
      HttpResponse.json({ items: [{ id: 'c1', state: 'given', label: 'de brief', recordings: [film] }] }),
    ),
    http.get(`${API}/recordings/r1/fragments`, () => HttpResponse.json({ items: [chosen], most: 3 })),
    http.get(`${API}/review-sessions`, () => HttpResponse.json({ items: sessions })),
    http.get(`${API}/review-sessions/s1`, () => HttpResponse.json(session)),
    http.post(`${API}/review-sessions`, async ({ request }) => {
      await note(request);
      if (refusal) return HttpResponse.json(refusal, { status: 409 });
      return HttpResponse.json(session, { status: 201 });
    }),
    http.all(`${API}/review-sessions/s1/*`, async ({ request }) => {
      await note(request);
      if (refusal) return HttpResponse.json(refusal, { status: 409 });
      return HttpResponse.json(session);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function open(path: string) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(screens, { initialEntries: [path] });
  render(
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>,
  );
  return router;
}

describe('the sessions', () => {
  it('say how to begin when there are none', async () => {
    open('/sessies');
    expect(await screen.findByText('Je hebt nog geen sessies. Zo gaat het:')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Begin met je vraag' })).toBeTruthy();
  });

  it('put first what a coach is asked, to be answered with yes or no', async () => {
    sessions = [
      aSummary({
        request: 'asked',
        me: { part: 'leader', leads: true, owns: [], agreed: false, takeAlong: false },
      }),
    ];
    open('/sessies');
    expect(await screen.findByText('Noor vraagt je mee te kijken')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^Ja, ik kijk mee/ }));
    await waitFor(() =>
      expect(sent).toEqual([{ path: '/review-sessions/s1/request', method: 'POST', body: { accept: true } }]),
    );
  });
});

describe('the title of the tab, which a browser keeps on the device', () => {
  const words = 'Hoe vraag ik door bij schulden?';

  it.each(['/sessies/s1', '/sessies/s1/afspraak'])('has no word of a session on %s', async (path) => {
    session = aSession({ title: words, learningQuestion: words, state: 'draft' });
    document.title = '';
    open(path);
    await screen.findByRole('heading', { level: 1 });
    if (!path.endsWith('afspraak')) await screen.findByRole('heading', { level: 1, name: words });
    expect(document.title).toMatch(/ · Vakspiegel$/);
    expect(document.title).not.toContain(words);
  });
});

describe('a new session', () => {
  it('says everything that is missing and puts focus on the first', async () => {
    open('/sessies/nieuw');
    await userEvent.click(await screen.findByRole('button', { name: 'Bewaar als concept' }));
    expect(screen.getByText('Schrijf op wat je wilt leren.')).toBeTruthy();
    expect(screen.getByText('Kies een werkvorm.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Je leervraag')));
    expect(sent).toEqual([]);
  });

  it('is kept as a draft, led by oneself and without a clock unless one chooses otherwise', async () => {
    const router = open('/sessies/nieuw?opname=r1');
    await userEvent.type(await screen.findByLabelText('Je leervraag'), 'Hoe blijf ik rustig?');
    await userEvent.type(screen.getByLabelText('Hoe noem je deze sessie?'), 'De brief');
    await userEvent.click(screen.getByRole('radio', { name: 'Incidentmethode' }));
    expect(screen.queryByRole('checkbox', { name: 'Fatima' })).toBeNull();
    expect(screen.queryByRole('option', { name: /Fatima/ })).toBeNull();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Sem' }));
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar als concept' }));
    await waitFor(() =>
      expect(router.state.location.pathname + router.state.location.search).toBe('/sessies/s1?opname=r1'),
    );
    expect(sent[0]?.body).toEqual({
      title: 'De brief',
      learningQuestion: 'Hoe blijf ik rustig?',
      protocol: 'p',
      participantIds: ['sem'],
      place: 'distance',
      clock: false,
    });
  });

  it('asks only for a coach where a klantmanager and a coach look', async () => {
    open('/sessies/nieuw');
    await userEvent.click(await screen.findByRole('radio', { name: 'Reflectiegesprek' }));
    expect(screen.queryByRole('checkbox', { name: 'Sem' })).toBeNull();
    expect(screen.getByText('Bij deze werkvorm kijk je samen met een coach.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar als concept' }));
    expect(screen.getAllByText('Deze werkvorm leidt een coach. Kies wie je wilt vragen.')).toHaveLength(1);
    await userEvent.selectOptions(screen.getByLabelText('Wie leidt de sessie?'), 'Bram, coach');
    expect(screen.getByText('We vragen Bram eerst. Na een ja kun je de sessie openen.')).toBeTruthy();
  });

  it('says who evaluates whom when it is refused', async () => {
    refusal = {
      status: 409,
      code: 'evaluator',
      title: '',
      detail: '',
      problems: [{ code: 'evaluator', personName: 'Ingrid', ownerName: 'Noor' }],
    };
    open('/sessies/nieuw');
    await userEvent.type(await screen.findByLabelText('Je leervraag'), 'x');
    await userEvent.type(screen.getByLabelText('Hoe noem je deze sessie?'), 'y');
    await userEvent.click(screen.getByRole('radio', { name: 'Incidentmethode' }));
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar als concept' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Ingrid beoordeelt Noor');
  });
});

describe('a session before it runs', () => {
  it('says what the citizen allows before a fragment is chosen, and offers the chosen ones', async () => {
    open('/sessies/s1');
    expect(await screen.findByText('De inwoner vindt goed: met je coach. Niet: met collega’s.')).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: 'Breng in: Het keerpunt' }));
    await waitFor(() =>
      expect(sent).toEqual([
        {
          path: '/review-sessions/s1/fragments',
          method: 'POST',
          body: { recordingId: 'r1', startMs: 14_000, endMs: 40_000 },
        },
      ]),
    );
  });

  it('shows the whole film only after a tick', async () => {
    open('/sessies/s1');
    await userEvent.click(await screen.findByText('Liever de hele film?'));
    const button = screen.getByRole('button', { name: 'Breng de hele film in' });
    expect((button as HTMLButtonElement).disabled).toBe(true);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ja, ik laat de hele film zien' }));
    await userEvent.click(button);
    await waitFor(() => expect(sent[0]?.body).toEqual({ recordingId: 'r1', whole: true }));
  });

  it('takes a fragment back without a question', async () => {
    session = aSession({
      state: 'preparing',
      fragments: [
        { n: 2, state: 'open', ownerId: 'noor', ownerName: 'Noor', startMs: 14_000, endMs: 40_000 },
      ],
      me: { ...aSession().me, owns: [2] },
    });
    open('/sessies/s1');
    await userEvent.click(await screen.findByRole('button', { name: /^Terugnemen *van 0:14 tot 0:40/ }));
    await waitFor(() =>
      expect(sent).toEqual([{ path: '/review-sessions/s1/fragments/2', method: 'DELETE', body: null }]),
    );
  });

  it('says nothing of a closed fragment but that it is gone', async () => {
    session = aSession({ fragments: [{ n: 1, state: 'closed' }] });
    open('/sessies/s1');
    const list = (await screen.findByText('Dit fragment is er niet meer.')).closest('ul');
    expect(list && within(list).queryByRole('button')).toBeNull();
    expect(list?.textContent).toBe('Dit fragment is er niet meer.');
  });

  it('leads to the agreement first', async () => {
    session = aSession({ state: 'preparing' });
    const router = open('/sessies/s1');
    await userEvent.click(await screen.findByRole('link', { name: 'Lees de afspraak' }));
    expect(await screen.findByText('Wat we zien blijft hier.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Ik doe mee' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/sessies/s1'));
    expect(sent).toEqual([{ path: '/review-sessions/s1/agreement', method: 'POST', body: { version: 1 } }]);
  });

  it('says what stands in the way, and how to go on', async () => {
    session = aSession({
      problems: [{ code: 'scope_missing', ownerName: 'Noor' }, { code: 'too_few_people' }],
    });
    open('/sessies/s1');
    expect(await screen.findByText(/De inwoner in de opname van Noor vindt dit niet goed/)).toBeTruthy();
    expect(screen.getByText(/Vraag iemand erbij/)).toBeTruthy();
  });

  it('tells the maker whom no mail reached', async () => {
    const session0 = aSession({ state: 'preparing' });
    session = {
      ...session0,
      people: session0.people.map((person) => ({ ...person, mailed: person.id === 'sem' })),
    };
    open('/sessies/s1');
    const told = await screen.findByText(/kreeg geen mail/);
    expect(told.closest('li')?.textContent).toContain('Aylin');
    expect(screen.getAllByText(/kreeg geen mail/)).toHaveLength(1);
  });

  it('asks a coach who came by its address for yes or no too', async () => {
    const me = { ...aSession().me, part: 'leader' as const, leads: true };
    session = aSession({ request: 'asked', me, problems: [{ code: 'request_open' }] });
    const router = open('/sessies/s1');
    const no = await screen.findByRole('button', { name: /^Nee, deze keer niet/ });
    expect(screen.queryByText('Dit staat nog in de weg')).toBeNull();
    // Who is asked something does not read at the same time that they will hear.
    expect(screen.queryByText(/^Je hoort het als/)).toBeNull();
    await userEvent.click(no);
    await waitFor(() =>
      expect(sent).toEqual([
        { path: '/review-sessions/s1/request', method: 'POST', body: { accept: false } },
      ]),
    );
    await waitFor(() => expect(router.state.location.pathname).toBe('/sessies'));
  });

  it('without its last recording shows no empty question, and waits for no fragment', async () => {
    session = aSession({ state: 'running', emptied: true, title: 'Intervisie', learningQuestion: '' });
    open('/sessies/s1');
    expect(await screen.findByText('Hier is geen fragment meer.')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Leervraag' })).toBeNull();
  });

  it('has nothing to take back once it ended', async () => {
    const fragments = [{ n: 1, state: 'closed' as const }];
    session = aSession({ state: 'finished', fragments, me: { ...aSession().me, owns: [1] } });
    open('/sessies/s1');
    expect(await screen.findByText('Voorbij: niemand ziet dit fragment hier nog.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Terugnemen/ })).toBeNull();
  });

  it('leads an owner to what was said, once it ended', async () => {
    session = aSession({ state: 'finished', me: { ...aSession().me, owns: [1] } });
    open('/sessies/s1');
    const link = await screen.findByRole('link', { name: 'Lees wat er over jouw fragment is gezegd' });
    expect(link.getAttribute('href')).toBe('/sessies/s1/erna');
  });
});
