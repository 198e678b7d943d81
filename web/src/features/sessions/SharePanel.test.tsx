import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../../api/types';
import { SharePanel } from './SharePanel';
import type { SharedFragment, Sharing } from './types';

const API = 'http://127.0.0.1:8080/api/v1';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

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
  scopes: ['peers'],
  can: { watch: true, annotate: true, erase: true },
};
const named = (...names: string[]) => names.map((name) => ({ id: name, name }));
const part: SharedFragment = {
  n: 1,
  state: 'open',
  startMs: 2000,
  endMs: 6000,
  whole: false,
  openTo: [],
  later: [],
};
const inSession = (fragment: Partial<SharedFragment>, more: Partial<Sharing> = {}): Sharing => ({
  sessionId: 's1',
  title: 'De brief',
  state: 'preparing',
  fragments: [{ ...part, ...fragment }],
  ...more,
});

function open(items: Sharing[]) {
  const shared = { items };
  server.use(http.get(`${API}/recordings/r1/sharing`, () => HttpResponse.json(shared)));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <SharePanel recording={film} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { client, shared };
}

describe('sharing', () => {
  it('says what the citizen allows first, then who sees it now and who is going to', async () => {
    open([inSession({ openTo: named('Sem', 'Aylin'), later: named('Daan') })]);
    expect(await screen.findByText('Nu te zien voor Aylin en Sem.')).toBeTruthy();
    expect(screen.getByText('Na een ja op de afspraak ook: Daan.')).toBeTruthy();
    const said = document.body.textContent ?? '';
    expect(said.indexOf('De inwoner vindt goed')).toBeLessThan(said.indexOf('Nu te zien voor'));
  });

  it('says that nobody sees what is closed, not cut yet, or in a session that is not open', async () => {
    open([
      inSession({ state: 'closed' }, { sessionId: 's1' }),
      inSession({ state: 'cutting', later: named('Sem') }, { sessionId: 's2' }),
      inSession({ state: 'waiting', later: named('Sem') }, { sessionId: 's3', state: 'draft' }),
    ]);
    expect(await screen.findAllByText('Nu ziet niemand dit stuk.')).toHaveLength(3);
    expect(screen.getByText('Als het stuk klaar is, na een ja op de afspraak: Sem.')).toBeTruthy();
    expect(screen.getByText('Als de sessie open is, na een ja op de afspraak: Sem.')).toBeTruthy();
  });

  it('has a way back from a session that its owner cannot open', async () => {
    const { title: _, ...untitled } = inSession({ openTo: named('Sem') });
    open([untitled]);
    const list = await screen.findByRole('list', { name: 'Sessies met een stuk uit deze opname' });
    expect(within(list).queryByRole('link')).toBeNull();
    let back = 0;
    server.use(
      http.delete(`${API}/review-sessions/s1/fragments/1`, () => {
        back++;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    await userEvent.click(within(list).getByRole('button', { name: /^Terugnemen/ }));
    expect(back).toBe(1);
  });

  it('names nobody when it is not known any more', async () => {
    const { client } = open([inSession({ openTo: named('Sem') })]);
    await screen.findByText('Nu te zien voor Sem.');
    server.use(http.get(`${API}/recordings/r1/sharing`, () => new HttpResponse(null, { status: 503 })));
    await client.invalidateQueries();
    expect(await screen.findByRole('button', { name: 'Probeer opnieuw' })).toBeTruthy();
    expect(screen.queryByText(/Sem/)).toBeNull();
  });
});
