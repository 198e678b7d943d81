import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { contribution, sessionFor } from '../../features/session-run/sessionForTest';
import type { Contribution, Session } from '../../features/session-run/types';
import { LiveRegion } from '../../ui/LiveRegion';
import { SessionRunPage } from '../pages/SessionRunPage';

const API = 'http://127.0.0.1:8080/api/v1';
const ONE = `${API}/review-sessions/s1`;

/** The stream of the session, as the server would send it. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static now: FakeSource | undefined;
  readyState = 1;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeSource.now = this;
  }

  close() {
    this.readyState = FakeSource.CLOSED;
  }
}

function tell(event: string, data: unknown) {
  act(() => {
    FakeSource.now?.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  });
}

let session: Session;
let written: Contribution[];
const posted = vi.fn();
const server = setupServer();

/** The session changes at the server, and its stream says so. */
function become(change: Partial<Session>, open: readonly number[] = [1, 2]) {
  session = { ...session, ...change, version: session.version + 1 };
  tell('session', { version: session.version, open });
}

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  vi.stubGlobal('EventSource', FakeSource);
  session = sessionFor();
  written = [contribution('a', { n: 1, startMs: 15_000, body: 'Wat hoorde je hier?' })];
  posted.mockReset();
  const keep =
    (what: string) =>
    async ({ request }: { request: Request }) => {
      posted(what, await request.json());
      return new HttpResponse(null, { status: 204 });
    };
  server.use(
    http.get(`${API}/me`, () =>
      HttpResponse.json({ id: 'sem', name: 'Sem', roles: ['klantmanager'], can: {} }),
    ),
    http.get(ONE, () => HttpResponse.json(session)),
    http.get(`${ONE}/contributions`, () => HttpResponse.json({ items: written })),
    http.post(`${ONE}/contributions`, async ({ request }) => {
      const sent = (await request.json()) as Contribution;
      posted('contribution', sent);
      return HttpResponse.json(contribution('new', { body: sent.body }), { status: 201 });
    }),
    http.post(`${ONE}/ready`, keep('ready')),
    http.post(`${ONE}/steps`, keep('step')),
    http.post(`${ONE}/reveal`, keep('reveal')),
    http.post(`${ONE}/finish`, async ({ request }) => {
      posted('finish', await request.json());
      return HttpResponse.json(session);
    }),
    http.get(`${API}/agreement`, () =>
      HttpResponse.json({ version: 1, nl: 'Wat we zien blijft hier.', en: 'It stays.' }),
    ),
  );
});
afterEach(() => {
  server.resetHandlers();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
afterAll(() => server.close());

type View = 'samen' | 'telefoon' | 'scherm';

async function open(view: View = 'samen', filmOn = true) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(
    [
      { path: '/sessies/:sessionId/samen', element: <SessionRunPage view="own" /> },
      { path: '/sessies/:sessionId/telefoon', element: <SessionRunPage view="phone" /> },
      { path: '/sessies/:sessionId/scherm', element: <SessionRunPage view="screen" /> },
    ],
    { initialEntries: [`/sessies/s1/${view}`] },
  );
  render(
    <QueryClientProvider client={queryClient}>
      <LiveRegion>
        <RouterProvider router={router} />
      </LiveRegion>
    </QueryClientProvider>,
  );
  await waitFor(() => expect(FakeSource.now).toBeDefined());
  alive(filmOn);
  return { queryClient, router };
}

function alive(filmOn = true) {
  tell('session', { version: session.version, open: [1, 2], now: 1000 });
  tell('people', { present: ['noor', 'sem'] });
  if (!filmOn) return;
  tell('film', {
    n: 1,
    positionMs: 12_000,
    playing: false,
    rate: 1,
    at: 1000,
    seq: 1,
    by: 'noor',
    now: 1000,
  });
}

const film = () => document.querySelector('video');
const cached = (queryClient: QueryClient) =>
  JSON.stringify(
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.data),
  );
const CLOSED = 'Dit fragment is er niet meer. Jullie kunnen samen verder praten.';

describe('a step', () => {
  it('says what is asked of oneself, who leads the film, and who is there', async () => {
    await open();
    expect(await screen.findByText('vragen: deelnemer')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1, name: 'vragen' })).toBeTruthy();
    expect(screen.getByText('Noor bepaalt de film')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Afspelen' })).toBeNull();
    expect(film()?.getAttribute('src')).toBe('/api/v1/review-sessions/s1/fragments/1/video#t=0.5');
    const people = within(screen.getByRole('region', { name: 'Wie er zijn' })).getAllByRole('listitem');
    expect(people.map(({ textContent }) => textContent)).toEqual([
      'Bramleidt de sessie · is er nu niet',
      'Daanis er nu niet',
      'Nooris er',
      'Sem (jij)is er',
    ]);
  });

  it('gives the controls to who leads the film', async () => {
    session = sessionFor({ me: { owns: [1], posts: ['answer'] } });
    await open();
    expect(await screen.findByRole('button', { name: 'Afspelen' })).toBeTruthy();
    expect(screen.getByText('Jij bepaalt de film voor iedereen')).toBeTruthy();
  });

  it('has no clock unless the group switched it on', async () => {
    session = sessionFor({ stepBeganAt: new Date(Date.now() - 3 * 60_000).toISOString() });
    await open();
    await screen.findByText('vragen: deelnemer');
    expect(screen.queryByText(/minuten/)).toBeNull();
    become({ clock: true });
    expect(await screen.findByText('3 van 10 minuten')).toBeTruthy();
  });

  it('that lasts longer than its minutes makes nobody late', async () => {
    session = sessionFor({ clock: true, stepBeganAt: new Date(Date.now() - 14 * 60_000).toISOString() });
    await open();
    expect(await screen.findByText('De 10 minuten zijn om. Rond rustig af.')).toBeTruthy();
  });

  it('is said when it begins, with what it asks', async () => {
    await open();
    await screen.findByText('vragen: deelnemer');
    become({ step: 2 });
    await screen.findByRole('heading', { level: 1, name: 'analyse' });
    await waitFor(() =>
      expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
        'Nu: analyse. analyse: deelnemer',
      ),
    );
  });
});

describe('writing', () => {
  it('posts the kind of this step at the moment of the first letter', async () => {
    await open();
    await userEvent.type(await screen.findByLabelText('Vraag'), 'Waarom daar?');
    await userEvent.click(screen.getByRole('button', { name: 'Zet erbij' }));
    await waitFor(() =>
      expect(posted).toHaveBeenCalledWith('contribution', {
        draftId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        step: 1,
        kind: 'question',
        body: 'Waarom daar?',
        n: 1,
        startMs: expect.any(Number),
      }),
    );
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Vraag').value).toBe(''));
  });

  it('posts the piece that was marked, by its fields', async () => {
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Van … tot …' }));
    await userEvent.clear(screen.getByLabelText('Van'));
    await userEvent.type(screen.getByLabelText('Van'), '0:02');
    await userEvent.type(screen.getByLabelText('Tot'), '0:01');
    expect(screen.getByText('‘Tot’ ligt vóór ‘van’.')).toBeTruthy();
    await userEvent.clear(screen.getByLabelText('Tot'));
    await userEvent.type(screen.getByLabelText('Tot'), '0:07');
    await userEvent.type(screen.getByLabelText('Vraag'), 'Hier');
    await userEvent.click(screen.getByRole('button', { name: 'Zet erbij' }));
    await waitFor(() =>
      expect(posted).toHaveBeenCalledWith(
        'contribution',
        expect.objectContaining({ n: 1, startMs: 12_000, endMs: 17_000 }),
      ),
    );
    await waitFor(() => expect(screen.queryByLabelText('Van')).toBeNull());
  });

  it('marks a piece by keys, also where somebody else moves the film', async () => {
    await open();
    await screen.findByLabelText('Vraag');
    await userEvent.keyboard('o');
    expect(screen.getByLabelText<HTMLInputElement>('Tot').value).not.toBe('');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByLabelText('Tot')).toBeNull();
  });

  it('about a piece says from when to when, in the list and on the timeline', async () => {
    written = [contribution('p', { n: 1, startMs: 12_000, endMs: 17_000 })];
    await open();
    expect(await screen.findByText('0:02 – 0:07')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Jij, Vraag, van 0:02 tot 0:07: Vraag p' })).toBeTruthy();
    expect(document.querySelector('.vs-lane__bar--question')).toBeTruthy();
  });

  it('offers the kinds as the protocol orders them, the first one chosen', async () => {
    session = sessionFor({ me: { posts: ['line', 'tried', 'question'] } });
    await open();
    const offered = await screen.findAllByRole('radio', { name: /zin|geprobeerd|Vraag/ });
    expect(offered.map((kind) => (kind as HTMLInputElement).value)).toEqual(['line', 'tried', 'question']);
    expect(offered.map((kind) => (kind as HTMLInputElement).checked)).toEqual([true, false, false]);
  });

  it('is closed with the reason of the step where one posts nothing', async () => {
    session = sessionFor({ me: { posts: [] } });
    await open();
    expect(await screen.findByText('nu niet in vragen')).toBeTruthy();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Wat wil je opschrijven?').disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Zet erbij' })).toBeNull();
  });

  it('keeps the words, and says why, when the step moved on meanwhile', async () => {
    server.use(
      http.post(`${ONE}/contributions`, () =>
        HttpResponse.json({ status: 409, code: 'step_gate', title: '', detail: '' }, { status: 409 }),
      ),
    );
    await open();
    await userEvent.type(await screen.findByLabelText('Vraag'), 'Te laat');
    await userEvent.click(screen.getByRole('button', { name: 'Zet erbij' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Vraag').value).toBe('Te laat');
  });

  it('of one’s own can be changed and taken away, and nobody else’s', async () => {
    written = [
      ...written,
      contribution('b', { author: { id: 'daan', name: 'Daan' }, can: { edit: false, remove: false } }),
    ];
    await open();
    await screen.findByText('Vraag b');
    expect(screen.getAllByRole('button', { name: /^Wijzig/ })).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: /^Haal weg/ })).toHaveLength(1);
  });
});

describe('a blind step', () => {
  beforeEach(() => {
    session = sessionFor({ step: 2, me: { posts: ['analysis'] } });
    written = [];
  });

  it('tells of nobody whether they are ready', async () => {
    await open();
    expect(await screen.findByText('In deze stap zie je niet wie al klaar is.')).toBeTruthy();
    expect(screen.queryByText(/is klaar/)).toBeNull();
  });

  it('is revealed as one moment, that is said', async () => {
    await open();
    await screen.findByText('In deze stap zie je niet wie al klaar is.');
    written = ['noor', 'bram', 'daan'].map((id) =>
      contribution(id, { step: 2, kind: 'analysis', n: 1, startMs: 15_000, author: { id, name: id } }),
    );
    become({ revealed: [2] });
    await screen.findByText('Vraag noor');
    const marks = within(screen.getByRole('region', { name: /^Tijdlijn/ })).getAllByRole('button');
    expect(marks.filter(({ classList }) => classList.contains('vs-mark'))).toHaveLength(3);
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
      'Alle notities zijn nu te zien, ook op de tijdlijn.',
    );
  });

  it('is said to be shown also where the next step begins at that moment', async () => {
    await open();
    await screen.findByText('In deze stap zie je niet wie al klaar is.');
    become({ step: 3, revealed: [2] });
    await screen.findByRole('heading', { level: 1, name: 'einde' });
    await waitFor(() =>
      expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
        'Alle notities zijn nu te zien, ook op de tijdlijn. Nu: einde. einde: deelnemer',
      ),
    );
  });

  it('is gone on from when everyone is ready; before that the leader reads why not', async () => {
    session = sessionFor({ step: 2, me: { leads: true }, can: { lead: true, finish: true } });
    await open();
    const next = await screen.findByRole('button', { name: 'Volgende stap: einde' });
    expect(next.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('Nog niet iedereen is klaar.')).toBeTruthy();
    await userEvent.click(next);
    expect(posted).not.toHaveBeenCalled();
    become({ everyoneReady: true, revealed: [2] });
    await waitFor(() => expect(next.getAttribute('aria-disabled')).toBeNull());
    await userEvent.click(next);
    await waitFor(() => expect(posted).toHaveBeenCalledWith('step', { to: 3 }));
  });

  it('asks the leader before it shows everything while someone still writes', async () => {
    session = sessionFor({ step: 2, me: { leads: true }, can: { lead: true, finish: true } });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Laat alles nu zien' }));
    expect(posted).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Ja, laat alles zien' }));
    await waitFor(() => expect(posted).toHaveBeenCalledWith('reveal', { step: 2 }));
  });

  it('is said to be ready with one button, and can be taken back', async () => {
    await open();
    const ready = await screen.findByRole('button', { name: 'Ik ben klaar' });
    expect(ready.getAttribute('aria-pressed')).toBe('false');
    await userEvent.click(ready);
    await waitFor(() => expect(posted).toHaveBeenCalledWith('ready', { step: 2, ready: true }));
  });
});

describe('a fragment that closes', () => {
  it('leaves the screen and the memory at once, with its notes, and the session goes on', async () => {
    const { queryClient } = await open();
    await screen.findByText('Wat hoorde je hier?');
    const video = film();
    const load = vi.spyOn(HTMLMediaElement.prototype, 'load');
    // The stream is first; the session and the notes come later, if at all.
    server.use(
      http.get(ONE, () => new Promise<never>(() => {})),
      http.get(`${ONE}/contributions`, () => new Promise<never>(() => {})),
    );
    tell('session', { version: session.version + 1, open: [2] });
    expect(video?.hasAttribute('src')).toBe(false);
    expect(load).toHaveBeenCalled();
    expect(film()).toBeNull();
    expect(document.body.textContent).not.toContain('Wat hoorde je hier?');
    expect(cached(queryClient)).not.toContain('Wat hoorde je hier?');
    expect(screen.getAllByText(CLOSED).length).toBeGreaterThan(0);
    expect(screen.getByText('vragen: deelnemer')).toBeTruthy();
  });

  it('takes along what was being written about it, and names nobody', async () => {
    await open();
    await userEvent.type(await screen.findByLabelText('Vraag'), 'half af');
    session = { ...session, fragments: [{ n: 1, state: 'closed' }, ...session.fragments.slice(1)] };
    written = [];
    become({}, [2]);
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Vraag').value).toBe(''));
    expect(screen.getAllByText(CLOSED)[0]?.textContent).toBe(CLOSED);
  });
});

describe('a step in which each owner shows their own', () => {
  beforeEach(() => {
    const steps = session.protocol.steps.map((step) => ({ ...step, film: 'all' as const }));
    session = sessionFor({ protocol: { ...session.protocol, steps } });
  });
  const nothingOn = async () => {
    await open('samen', false);
    return screen.findByText('Er staat nog geen fragment aan', { exact: false });
  };

  it('tells an owner how everyone gets to see it', async () => {
    session = { ...session, me: { ...session.me, owns: [1] } };
    expect((await nothingOn()).textContent).toContain('Kies er hierboven een');
  });

  it('tells nobody else to choose', async () => {
    expect((await nothingOn()).textContent).toBe('Er staat nog geen fragment aan.');
  });
});

describe('a question', () => {
  it('is answered by who may, and not by who asked it', async () => {
    session = sessionFor({ me: { owns: [1], posts: ['answer'] } });
    written.push(contribution('b', { n: 1, author: { id: 'bram', name: 'Bram' }, body: 'En toen?' }));
    await open();
    const answer = await screen.findByRole('button', { name: /^Geef antwoord/ });
    expect(answer.textContent).toContain('En toen?');
  });
});

describe('a fragment of several that closes while it is on', () => {
  it('leaves its place with the sentence, until another one is put on', async () => {
    session = sessionFor({
      protocol: {
        ...session.protocol,
        steps: session.protocol.steps.map((step) => ({ ...step, film: 'all' as const })),
      },
    });
    await open();
    await waitFor(() => expect(film()).not.toBeNull());
    session = { ...session, fragments: [{ n: 1, state: 'closed' }, ...session.fragments.slice(1)] };
    become({}, [2]);
    await waitFor(() => expect(screen.getAllByText(CLOSED).length).toBeGreaterThan(0));
    tell('film', { n: 2, positionMs: 0, playing: false, rate: 1, at: 2000, seq: 5, by: 'daan', now: 2000 });
    await waitFor(() => expect(film()?.getAttribute('src')).toContain('/fragments/2/video'));
    expect(screen.queryByText(CLOSED, { selector: '.vs-run__closed' })).toBeNull();
  });
});

describe('a fragment that is being made', () => {
  it('appears by itself, also when nobody tells that it is ready', async () => {
    const { fragments } = session;
    session = { ...session, fragments: fragments.map((fragment) => ({ ...fragment, state: 'cutting' })) };
    await open();
    await screen.findByText(/Het verschijnt hier vanzelf/);
    session = { ...session, fragments };
    await waitFor(() => expect(film()).not.toBeNull(), { timeout: 4000 });
  });
});

describe('a silence', () => {
  it('takes film and notes away after 5 s, and brings them back where everyone is', async () => {
    const { queryClient } = await open();
    await screen.findByText('Wat hoorde je hier?');
    await userEvent.type(screen.getByLabelText('Vraag'), 'half af');
    await screen.findByText('We zoeken de verbinding weer…', undefined, { timeout: 8000 });
    expect(film()).toBeNull();
    expect(document.title).toBe('Sessie · Vakspiegel'); // and not what it is about: a browser keeps it
    expect(cached(queryClient)).not.toContain('Wat hoorde je hier?');
    const before = FakeSource.now;
    await waitFor(() => expect(FakeSource.now).not.toBe(before));
    session = { ...session, step: 2, version: 9, me: { ...session.me, posts: ['question'] } };
    alive();
    await screen.findByRole('heading', { level: 1, name: 'analyse' });
    expect(film()).not.toBeNull();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Vraag').value).toBe('half af');
  }, 20_000);
});

describe('the end', () => {
  it('can leave one line, that is kept apart', async () => {
    session = sessionFor({ step: 3, me: { leads: true }, can: { lead: true, finish: true } });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Rond de sessie af' }));
    expect(screen.getByText(/We bewaren die apart/)).toBeTruthy();
    await userEvent.type(
      screen.getByLabelText('Iets buiten dit gesprek dat beter moet'),
      'De brief is te moeilijk',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Rond af' }));
    await waitFor(() => expect(posted).toHaveBeenCalledWith('finish', { signal: 'De brief is te moeilijk' }));
  });

  it('thanks, and tells an owner what they can write alone later', async () => {
    await open();
    await screen.findByText('Wat hoorde je hier?');
    session = sessionFor({ state: 'finished', version: 7, me: { owns: [1], posts: [] } });
    tell('over', {});
    expect(await screen.findByRole('heading', { name: 'Klaar. Dank jullie wel.' })).toBeTruthy();
    await waitFor(() =>
      expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
        'Klaar. Dank jullie wel.',
      ),
    );
    expect(screen.getByRole('link', { name: 'Naar jouw inzicht en voornemen' })).toBeTruthy();
    expect(film()).toBeNull();
    expect(document.body.textContent).not.toContain('Wat hoorde je hier?');
  });
});

describe('a session that lost its last recording', () => {
  it('goes on: the place of the film and of the note say so, and the leader leads on', async () => {
    session = sessionFor({ me: { leads: true, posts: ['question'] }, can: { lead: true, finish: true } });
    const { queryClient } = await open();
    await screen.findByText('Wat hoorde je hier?');
    written = [];
    const me = { ...session.me, posts: [] };
    become({ emptied: true, title: 'Intervisie', learningQuestion: '', fragments: [], me }, []);
    const place = await screen.findByRole('region', { name: 'Film' });
    expect(await within(place).findByText(CLOSED)).toBeTruthy();
    expect(film()).toBeNull();
    expect(cached(queryClient)).not.toContain('Wat hoorde je hier?');
    expect(
      screen.getByText('Hier wordt niets meer opgeschreven. Zeg gewoon wat je wilt zeggen.'),
    ).toBeTruthy();
    for (const region of ['Schrijf op', 'Wat er geschreven is'])
      expect(screen.queryByRole('region', { name: region })).toBeNull();
    expect(screen.getByRole('button', { name: 'Volgende stap: analyse' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Rond de sessie af' })).toBeTruthy();
  });
});

describe('a session that is gone', () => {
  const gone = () =>
    HttpResponse.json({ status: 404, code: 'not_found', title: '', detail: '' }, { status: 404 });

  it('leaves nothing on the screen of who was in it, and no cause', async () => {
    const { queryClient } = await open();
    await screen.findByText('Wat hoorde je hier?');
    server.use(http.get(ONE, gone), http.get(`${ONE}/contributions`, gone));
    tell('over', {});
    await screen.findByRole('heading', { name: 'Deze sessie is er niet meer' });
    expect(film()).toBeNull();
    expect(cached(queryClient)).not.toContain('Wat hoorde je hier?');
  });

  it('was never there for who was not in it', async () => {
    server.use(http.get(ONE, gone));
    await open();
    await screen.findByRole('heading', { name: 'Deze pagina is er niet' });
  });
});

describe('one screen in a room', () => {
  const lead = { me: { leads: true }, can: { lead: true, finish: true }, place: 'room' } as const;

  it('shows nobody’s own words before their time, and no names of who is ready', async () => {
    session = sessionFor({ ...lead, step: 2 });
    written = [
      contribution('blind', { step: 2, n: 1, startMs: 15_000, author: { id: 'bram', name: 'Bram' } }),
    ];
    await open('scherm');
    await screen.findByRole('heading', { level: 1, name: 'analyse' });
    await waitFor(() => expect(film()).not.toBeNull());
    expect(document.body.innerHTML).not.toContain('Vraag blind');
    expect(screen.queryByRole('region', { name: 'Wie er zijn' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Ik ben klaar' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: /opschrijven|speelt/ })).toBeNull();
    become({ revealed: [2] });
    await waitFor(() => expect(document.body.innerHTML).toContain('Vraag blind'));
  });

  it('sends who does not lead to the note pad, which has no film', async () => {
    session = sessionFor({ place: 'room' });
    const { router } = await open('samen');
    await waitFor(() => expect(router.state.location.pathname).toBe('/sessies/s1/telefoon'));
    await screen.findByLabelText('Vraag');
    expect(film()).toBeNull();
    expect(screen.getByRole('button', { name: 'Ik ben klaar' })).toBeTruthy();
  });

  it('says "klaar" for who writes on paper, and for nobody else', async () => {
    session = sessionFor({ ...lead, step: 2 });
    session.people = session.people.map((person) => ({ ...person, onPaper: person.id === 'daan' }));
    await open('scherm');
    await userEvent.click(await screen.findByRole('button', { name: 'Op papier klaar' }));
    await waitFor(() =>
      expect(posted).toHaveBeenCalledWith('ready', { step: 2, ready: true, personId: 'daan' }),
    );
    expect(posted).toHaveBeenCalledTimes(1);
  });
});
