import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LiveRegion } from '../../ui/LiveRegion';
import { People } from './People';
import { sessionFor } from './sessionForTest';
import type { Session } from './types';

const API = 'http://127.0.0.1:8080/api/v1';
const said = vi.fn();
let refusal: object | null = null;

const server = setupServer(
  http.get(`${API}/people`, () =>
    HttpResponse.json({
      items: [
        { id: 'sem', name: 'Sem', joinsSessions: true },
        { id: 'fatima', name: 'Fatima', joinsSessions: true },
      ],
    }),
  ),
  http.get(`${API}/agreement`, () =>
    HttpResponse.json({ version: 1, nl: 'Het blijft hier.', en: 'It stays.' }),
  ),
  http.put(`${API}/review-sessions/s1/people/:personId`, async ({ request, params }) => {
    said(params.personId, await request.json());
    return refusal ? HttpResponse.json(refusal, { status: 409 }) : HttpResponse.json(sessionFor());
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  said.mockReset();
  refusal = null;
});
afterAll(() => server.close());

const leading = { me: { leads: true }, can: { lead: true } } as const;

function show(session: Session, present?: readonly string[]) {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LiveRegion>
        <People session={session} meId="bram" {...(present && { present })} />
      </LiveRegion>
    </QueryClientProvider>,
  );
}

const button = (name: string | RegExp) => screen.getByRole('button', { name, hidden: true });

describe('the people of a running session, for who leads it', () => {
  it('lets nobody else say who takes part', () => {
    show(sessionFor(), ['noor']);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('lets somebody in at a distance, and says why not', async () => {
    refusal = {
      status: 409,
      title: 'Conflict',
      code: 'scope_missing',
      detail: '',
      problems: [{ code: 'scope_missing', ownerName: 'Noor' }],
    };
    show(sessionFor(leading), ['noor']);
    await userEvent.click(button('Iemand erbij'));
    await userEvent.click(button('Laat meedoen'));
    expect(screen.getByText('Kies eerst een collega.')).toBeTruthy();
    await screen.findByRole('option', { name: 'Fatima', hidden: true });
    expect(screen.queryByRole('option', { name: 'Sem', hidden: true })).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText('Wie doet er nu mee?'), 'fatima');
    await userEvent.click(button('Laat meedoen'));
    expect(await screen.findByText(/De inwoner in de opname van Noor vindt dit niet goed/)).toBeTruthy();
    refusal = null;
    await userEvent.click(button('Laat meedoen'));
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
    expect(said.mock.calls.at(-1)).toEqual(['fatima', { present: true }]);
    expect(screen.getByText('Fatima doet nu mee.')).toBeTruthy();
  });

  it('asks a yes to the agreement in the room first', async () => {
    show(sessionFor({ ...leading, place: 'room' }));
    await userEvent.click(button('Iemand erbij'));
    await screen.findByRole('option', { name: 'Fatima', hidden: true });
    await userEvent.selectOptions(screen.getByLabelText('Wie doet er nu mee?'), 'fatima');
    await userEvent.click(button('Laat meedoen'));
    expect(screen.getByText(/Fatima zei nog geen ja/)).toBeTruthy();
    await userEvent.click(screen.getByLabelText('Op papier'));
    await userEvent.click(screen.getByLabelText('Fatima zei hardop ja'));
    await userEvent.click(button('Laat meedoen'));
    await waitFor(() =>
      expect(said).toHaveBeenCalledWith('fatima', { present: true, onPaper: true, agreed: true }),
    );
  });

  it('says at once that someone left, and asks it of nobody who is there', async () => {
    show(sessionFor(leading), ['noor']);
    expect(screen.queryByRole('button', { name: /Noor/ })).toBeNull();
    await userEvent.click(button('Meld als weg: Sem'));
    await waitFor(() => expect(said).toHaveBeenCalledWith('sem', { present: false }));
    expect(screen.queryByRole('button', { name: /Bram/ })).toBeNull();
  });

  it('asks first in a blind step, which may be shown by it', async () => {
    show(sessionFor({ ...leading, step: 2 }), ['noor']);
    await userEvent.click(button('Meld als weg: Sem'));
    expect(said).not.toHaveBeenCalled();
    await userEvent.click(button('Ja, meld als weg'));
    await waitFor(() => expect(said).toHaveBeenCalledWith('sem', { present: false }));
  });

  it('tells who reads the agreement, and who does not take part now', () => {
    const { people } = sessionFor();
    const some = people.map((one) => ({ ...one, agreed: one.id !== 'sem', present: one.id === 'noor' }));
    show(sessionFor({ ...leading, people: some }), ['noor', 'daan']);
    const [, daan, noor, sem] = screen.getAllByRole('listitem').map((item) => within(item));
    expect(noor?.getByText('is er')).toBeTruthy();
    expect(sem?.getByText('leest nog de afspraak')).toBeTruthy();
    expect(sem?.queryByRole('button')).toBeNull();
    expect(daan?.getByText('doet nu niet mee')).toBeTruthy();
    expect(daan?.getByRole('button', { name: 'Daan is er nu ook' })).toBeTruthy();
  });
});
