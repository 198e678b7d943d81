import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Thread } from './Thread';
import type { SessionRound } from './types';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const round = (n: number, more: Partial<SessionRound> = {}): SessionRound => ({
  id: `s${n}`,
  round: n,
  state: 'draft',
  tried: [],
  ...more,
});

/** Resolves when the rounds have come. */
async function show(sessionId: string, rounds: readonly SessionRound[]) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  server.use(
    http.get('http://127.0.0.1:8080/api/v1/review-sessions/:id/thread', () => HttpResponse.json({ rounds })),
  );
  render(
    <QueryClientProvider client={client}>
      <Thread sessionId={sessionId} />
    </QueryClientProvider>,
  );
  await expect.poll(() => client.isFetching()).toBe(0);
}

it('opens the next round with what was tried', async () => {
  const tried = [{ author: { id: 'noor', name: 'Noor' }, body: 'Drie tellen wachten' }];
  await show('s2', [round(1, { state: 'finished', tried }), round(2, { state: 'preparing' }), round(3)]);
  expect(await screen.findByText('Drie tellen wachten')).toBeTruthy();
  expect(screen.getAllByRole('listitem').filter((item) => item.getAttribute('aria-current'))).toHaveLength(1);
});

it('says nothing in a first round: there is nothing to look back on yet', async () => {
  await show('s1', [round(1, { state: 'running' }), round(2), round(3)]);
  expect(screen.queryByRole('list')).toBeNull();
});
