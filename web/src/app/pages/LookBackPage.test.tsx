import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { useState } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Annotation, Recording } from '../../api/types';
import { type Live, LiveContext } from '../../features/events/live';
import { LookBackPage } from './LookBackPage';

const API = 'http://127.0.0.1:8080/api/v1';
const ID = 'r1';

const recording: Recording = {
  id: ID,
  conversationId: 'c1',
  state: 'ready',
  origin: 'file',
  contentType: 'video/mp4',
  durationMs: 64_000,
  sizeBytes: 10,
  receivedBytes: 10,
  startedAt: '2026-11-03T09:15:00Z',
  expiresAt: '2027-01-02T09:15:00Z',
  scopes: [],
  can: { watch: true, annotate: true, erase: true },
};

const note = (id: string, startMs: number, body: string, version = 1): Annotation => ({
  id,
  recordingId: ID,
  author: { id: 'p1', name: 'Noor' },
  startMs,
  kind: 'observation',
  body,
  tags: [],
  visibility: 'self',
  version,
  createdAt: '2026-11-03T10:00:00Z',
  updatedAt: '2026-11-03T10:00:00Z',
  can: { edit: true },
});

const entry = (code: string, current = true) => ({
  code,
  label: { nl: code.toUpperCase(), en: code },
  current,
});
const lists = {
  moments: { version: 0, entries: [entry('frustratie'), entry('weerstand'), entry('oud', false)] },
  codes: { version: 0, entries: [entry('brief')] },
  forms: [],
};

let notes: Annotation[] = [];
let captions: { language: string; updatedAt: string }[] = [];
let lookBack = { positionMs: 0, memories: [], memoryIndex: 0, nextStep: '' };
let kept: unknown[] = [];
const gone = () =>
  HttpResponse.json({ status: 404, code: 'not_found', title: '', detail: '' }, { status: 404 });
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  captions = [];
  lookBack = { ...lookBack, positionMs: 0 };
  kept = [];
  notes = [note('n1', 5000, 'Zij kijkt weg.'), note('n2', 20_000, 'Mijn stem gaat omhoog.')];
  server.use(
    http.get(`${API}/me`, () =>
      HttpResponse.json({ id: 'p1', name: 'Noor', roles: ['klantmanager'], can: {} }),
    ),
    http.get(`${API}/recordings/${ID}`, () => HttpResponse.json(recording)),
    http.get(`${API}/recordings/${ID}/captions`, () => HttpResponse.json({ items: captions })),
    http.get(`${API}/recordings/${ID}/look-back`, () => HttpResponse.json(lookBack)),
    http.patch(`${API}/recordings/${ID}/look-back`, async ({ request }) => {
      kept.push(await request.json());
      return HttpResponse.json(lookBack);
    }),
    http.get(`${API}/recordings/${ID}/annotations`, () => HttpResponse.json({ items: notes })),
    http.get(`${API}/learning-lists`, () => HttpResponse.json(lists)),
    http.get(`${API}/recordings/${ID}/draft-key`, () => HttpResponse.json({ key: btoa('k'.repeat(32)) })),
    http.get(`${API}/recordings/${ID}/drafts`, () => HttpResponse.json({ items: [] })),
    http.put(`${API}/recordings/${ID}/drafts/:draft`, () => new HttpResponse(null, { status: 204 })),
    http.delete(`${API}/recordings/${ID}/drafts/:draft`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/learning-lists`, () => {
      const none = { version: 0, entries: [] };
      return HttpResponse.json({ moments: none, codes: none, forms: [] });
    }),
    http.get(`${API}/recordings/${ID}/fragments`, () => HttpResponse.json({ items: [], most: 3 })),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let setLiveNow: (live: Live) => void = () => {};

function Screen() {
  const [live, set] = useState<Live>('alive');
  setLiveNow = set;
  return (
    <LiveContext.Provider value={live}>
      <LookBackPage />
    </LiveContext.Provider>
  );
}

function open() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: '/opnames/:recordingId', element: <Screen /> }], {
    initialEntries: [`/opnames/${ID}`],
  });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { queryClient, setLive: (live: Live) => act(() => setLiveNow(live)) };
}

const film = () => document.querySelector('video');
const cached = (queryClient: QueryClient) =>
  JSON.stringify(
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.data),
  );
const body = () => screen.getByLabelText<HTMLTextAreaElement>('Wat valt je op?');

describe('looking back', () => {
  it('shows the film, and the notes on the list and the timeline', async () => {
    open();
    await screen.findByText('Zij kijkt weg.');
    expect(film()?.getAttribute('src')).toBe(`/api/v1/recordings/${ID}/video`);
    const timeline = screen.getByRole('region', { name: 'Tijdlijn met notities' });
    const own = within(timeline).getByRole('group', { name: 'Jouw notities' });
    expect(within(own).getAllByRole('button')).toHaveLength(2);
  });

  it('goes to a little before a chosen note, and marks it in both', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: /Ga naar.*0:20/ }));
    expect(film()?.currentTime).toBe(17);
    const marked = document.querySelectorAll('[aria-current="true"]');
    expect([...marked].map((element) => element.tagName).sort()).toEqual(['BUTTON', 'LI']);
  });
});

describe('where one was', () => {
  it('is where the film opens, on any device, and the beginning is one press away', async () => {
    lookBack = { ...lookBack, positionMs: 42_500 };
    open();
    await screen.findByText('Je was bij 0:42.', { selector: 'p' });
    expect(film()?.currentTime).toBe(42.5);
    await userEvent.click(screen.getByRole('button', { name: 'Vanaf het begin' }));
    expect(film()?.currentTime).toBe(0);
    expect(screen.queryByText('Je was bij 0:42.', { selector: 'p' })).toBeNull();
  });

  it.each([
    ['hardly begun', 2000],
    ['at the end', 63_500],
  ])('is not told when it was %s', async (_what, positionMs) => {
    lookBack = { ...lookBack, positionMs };
    open();
    await screen.findByText('Zij kijkt weg.');
    await new Promise(requestAnimationFrame);
    expect(film()?.currentTime).toBe(0);
  });

  it('is kept when the page is left, once', async () => {
    open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.change(screen.getByLabelText('Plaats in de film'), { target: { value: '10000' } });
    act(() => {
      window.dispatchEvent(new Event('pagehide'));
      window.dispatchEvent(new Event('pagehide'));
    });
    await waitFor(() => expect(kept).toEqual([{ positionMs: 10_000 }]));
  });

  it('is kept of nothing that was erased', async () => {
    const { queryClient } = open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.change(screen.getByLabelText('Plaats in de film'), { target: { value: '10000' } });
    server.use(http.get(`${API}/recordings/${ID}`, gone));
    await act(() => queryClient.invalidateQueries());
    await screen.findByRole('heading', { name: 'Deze opname is gewist' });
    expect(kept).toEqual([]);
  });
});

describe('a film that is erased while someone looks', () => {
  it('stops, empties itself, and leaves no note on the screen or in memory', async () => {
    const { queryClient } = open();
    await screen.findByText('Zij kijkt weg.');
    const video = film();
    const load = vi.spyOn(HTMLMediaElement.prototype, 'load');
    const pause = vi.spyOn(HTMLMediaElement.prototype, 'pause');
    server.use(
      http.get(`${API}/recordings/${ID}`, gone),
      http.get(`${API}/recordings/${ID}/annotations`, gone),
    );
    await act(() => queryClient.invalidateQueries());
    await screen.findByRole('heading', { name: 'Deze opname is gewist' });
    expect(video?.hasAttribute('src')).toBe(false);
    expect(pause).toHaveBeenCalled();
    expect(load).toHaveBeenCalled();
    expect(film()).toBeNull();
    expect(document.body.textContent).not.toContain('Zij kijkt weg.');
    expect(cached(queryClient)).not.toContain('Zij kijkt weg.');
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('that was never there for this person is simply not there', async () => {
    server.use(http.get(`${API}/recordings/${ID}`, gone));
    open();
    await screen.findByRole('heading', { name: 'Deze pagina is er niet' });
  });
});

describe('a silent server', () => {
  it('empties the player and the notes, and shows them again when it is heard', async () => {
    const { queryClient, setLive } = open();
    await screen.findByText('Zij kijkt weg.');
    setLive('silent');
    expect(film()).toBeNull();
    expect(document.body.textContent).not.toContain('Zij kijkt weg.');
    expect(cached(queryClient)).not.toContain('Zij kijkt weg.');
    expect(screen.getByText(/Geen verbinding met Vakspiegel/)).toBeTruthy();
    setLive('alive');
    await screen.findByText('Zij kijkt weg.');
    expect(film()).not.toBeNull();
  });

  it('shows nothing again of a film that was erased meanwhile', async () => {
    const { setLive } = open();
    await screen.findByText('Zij kijkt weg.');
    setLive('silent');
    server.use(
      http.get(`${API}/recordings/${ID}`, gone),
      http.get(`${API}/recordings/${ID}/annotations`, gone),
    );
    setLive('alive');
    await screen.findByRole('heading', { name: 'Deze opname is gewist' });
    expect(film()).toBeNull();
  });

  it('does not cost what was being typed', async () => {
    const { setLive } = open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.keyDown(document.body, { key: 'n' });
    await userEvent.type(await screen.findByLabelText('Wat valt je op?'), 'half af');
    setLive('silent');
    expect(screen.queryByLabelText('Wat valt je op?')).toBeNull();
    setLive('alive');
    await screen.findByText('Zij kijkt weg.');
    expect(body().value).toBe('half af');
  });
});

describe('a note by keyboard alone', () => {
  it('is begun with N at this second and saved with Ctrl+Enter', async () => {
    const posted = vi.fn();
    server.use(
      http.post(`${API}/recordings/${ID}/annotations`, async ({ request }) => {
        posted(await request.json());
        notes = [...notes, note('n3', 7000, 'Nieuw')];
        return HttpResponse.json(note('n3', 7000, 'Nieuw'), { status: 201 });
      }),
    );
    open();
    await screen.findByText('Zij kijkt weg.');
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Ga naar tijd'), '{Control>}a{/Control}0:07{Enter}');
    act(() => (document.activeElement as HTMLElement).blur());
    await user.keyboard('n');
    await waitFor(() => expect(document.activeElement).toBe(body()));
    await user.keyboard('Nieuw{Control>}{Enter}{/Control}');
    await screen.findByText('Nieuw', { selector: 'p' });
    expect(posted).toHaveBeenCalledWith({
      startMs: 7000,
      kind: 'observation',
      body: 'Nieuw',
      draft: { id: expect.any(String), version: expect.any(Number) },
    });
    expect(screen.queryByLabelText('Wat valt je op?')).toBeNull();
  });

  it('has the focus before the next key comes, so that no letter is lost', async () => {
    open();
    await screen.findByText('Zij kijkt weg.');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
    expect(document.activeElement).toBe(body());
  });

  it('with I and O becomes an interval', async () => {
    open();
    await screen.findByText('Zij kijkt weg.');
    const seek = screen.getByLabelText('Plaats in de film');
    fireEvent.change(seek, { target: { value: '10000' } });
    fireEvent.keyDown(document.body, { key: 'i' });
    fireEvent.change(seek, { target: { value: '14000' } });
    fireEvent.keyDown(document.body, { key: 'o' });
    expect(screen.getByText('0:10 – 0:14')).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(screen.getByLabelText<HTMLInputElement>('Van').value).toBe('0:10');
    expect(screen.getByLabelText<HTMLInputElement>('Tot').value).toBe('0:14');
  });

  it('keeps every typed word when saving fails, and says why', async () => {
    server.use(http.post(`${API}/recordings/${ID}/annotations`, () => HttpResponse.error()));
    open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.keyDown(document.body, { key: 'n' });
    await userEvent.type(await screen.findByLabelText('Wat valt je op?'), 'kostbaar');
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await screen.findByText(/Geen verbinding met Vakspiegel\. Kijk/);
    expect(body().value).toBe('kostbaar');
  });

  it('shows the server’s faults at their fields', async () => {
    const faults = [{ field: 'endMs', code: 'before_start', detail: 'x' }];
    server.use(
      http.post(`${API}/recordings/${ID}/annotations`, () =>
        HttpResponse.json({ status: 400, code: 'invalid', title: '', detail: '', faults }, { status: 400 }),
      ),
    );
    open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.keyDown(document.body, { key: 'n' });
    await userEvent.type(await screen.findByLabelText('Wat valt je op?'), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await waitFor(() =>
      expect(
        document.getElementById(screen.getByLabelText('Tot').getAttribute('aria-describedby') ?? '')
          ?.textContent,
      ).toBe('‘Tot’ ligt vóór ‘van’.'),
    );
  });

  it('with Esc goes away when it is empty, and keeps its words when it is not', async () => {
    open();
    await screen.findByText('Zij kijkt weg.');
    fireEvent.keyDown(document.body, { key: 'n' });
    await userEvent.type(await screen.findByLabelText('Wat valt je op?'), 'x');
    fireEvent.keyDown(body(), { key: 'Escape' });
    expect(body().value).toBe('x');
    await userEvent.clear(body());
    fireEvent.keyDown(body(), { key: 'Escape' });
    expect(screen.queryByLabelText('Wat valt je op?')).toBeNull();
  });

  it('shows markup as the words it is', async () => {
    notes = [note('n1', 5000, '<img src=x onerror=alert(1)>')];
    open();
    await screen.findByText('<img src=x onerror=alert(1)>');
    expect(document.querySelector('.vs-note img')).toBeNull();
  });
});

describe('a moment', () => {
  it('is marked with one key while the film goes on, and taken away again', async () => {
    const posted: unknown[] = [];
    const removed = vi.fn();
    const mark = { ...note('m1', 0, ''), kind: 'moment' as const, marker: 'weerstand' };
    server.use(
      http.post(`${API}/recordings/${ID}/annotations`, async ({ request }) => {
        posted.push(await request.json());
        // Its answer gets lost the first time: it is sent again as the same mark.
        if (posted.length === 1) return HttpResponse.error();
        notes = [...notes, mark];
        return HttpResponse.json(mark, { status: 201 });
      }),
      http.delete(`${API}/annotations/m1`, () => {
        removed();
        notes = notes.filter(({ id }) => id !== 'm1');
        return new HttpResponse(null, { status: 204 });
      }),
    );
    open();
    await screen.findByRole('button', { name: 'WEERSTAND' });
    const pause = vi.spyOn(HTMLMediaElement.prototype, 'pause');
    fireEvent.keyDown(document.body, { key: '2' });
    await screen.findAllByText(/Nog niet bewaard: geen verbinding/);
    globalThis.dispatchEvent(new Event('online'));
    await screen.findByText(
      'Raakmoment ‘WEERSTAND’ bij 0:00.',
      { selector: 'section span' },
      { timeout: 5000 },
    );
    expect(pause).not.toHaveBeenCalled();
    expect(posted[0]).toMatchObject({ startMs: 0, kind: 'moment', body: '', marker: 'weerstand' });
    expect(posted[1]).toEqual(posted[0]);
    await screen.findByText('Raakmoment: WEERSTAND');
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(screen.queryByText('Raakmoment: WEERSTAND')).toBeNull());
    expect(removed).toHaveBeenCalledTimes(1);
  });
});

describe('changing a note', () => {
  const edit = async (text: string) => {
    open();
    const item = (await screen.findByText('Zij kijkt weg.')).closest('li') as HTMLElement;
    await userEvent.click(within(item).getByRole('button', { name: /Wijzig/ }));
    await userEvent.clear(body());
    await userEvent.type(body(), text);
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
  };

  it('says which version it read', async () => {
    const match = vi.fn();
    server.use(
      http.patch(`${API}/annotations/n1`, ({ request }) => {
        match(request.headers.get('If-Match'));
        notes = [note('n1', 5000, 'Anders', 2)];
        return HttpResponse.json(notes[0]);
      }),
    );
    await edit('Anders');
    await screen.findByText('Anders', { selector: 'p' });
    expect(match).toHaveBeenCalledWith('"1"');
  });

  it('that someone else changed first shows both, and loses neither', async () => {
    const match: (string | null)[] = [];
    server.use(
      http.patch(`${API}/annotations/n1`, ({ request }) => {
        match.push(request.headers.get('If-Match'));
        if (match.length === 1) {
          notes = [note('n1', 5000, 'Uit een ander venster', 2)];
          return HttpResponse.json({ status: 412, code: 'changed', title: '', detail: '' }, { status: 412 });
        }
        notes = [note('n1', 5000, 'Van mij', 3)];
        return HttpResponse.json(notes[0]);
      }),
    );
    await edit('Van mij');
    await screen.findByText('Uit een ander venster');
    expect(body().value).toBe('Van mij');
    await userEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await screen.findByText('Van mij', { selector: 'p' });
    expect(match).toEqual(['"1"', '"2"']);
  });

  it('that was deleted elsewhere keeps the typed words and offers them as a new one', async () => {
    server.use(
      http.patch(`${API}/annotations/n1`, () => {
        notes = [];
        return gone();
      }),
    );
    await edit('Niet kwijt');
    await screen.findByText(/intussen verwijderd/);
    expect(body().value).toBe('Niet kwijt');
  });
});
