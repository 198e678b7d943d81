import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../features/session-run/Composer';
import { contribution, sessionFor } from '../../features/session-run/sessionForTest';
import type { Contribution, Session } from '../../features/session-run/types';
import { useContributing } from '../../features/session-run/useContributing';
import { useWriting } from '../../features/session-run/useWriting';
import { LiveRegion } from '../../ui/LiveRegion';

const ALL = 'http://127.0.0.1:8080/api/v1/review-sessions/s1/contributions';

/** What a server keeps: by the name that its author gave it, once. */
const kept = new Map<string, Contribution>();
/** How the next answers get lost: before the server heard it, or after; an empty list is a good connection. */
let losses: ('before' | 'after')[];
const names = () => [...kept.keys()];
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  kept.clear();
  losses = [];
  server.use(
    http.post(ALL, async ({ request }) => {
      const { draftId, body } = (await request.json()) as { draftId: string; body: string };
      const loss = losses.shift();
      if (loss === 'before') return HttpResponse.error();
      const made = kept.get(draftId) ?? contribution(`c${kept.size}`, { body });
      kept.set(draftId, made);
      return loss ? HttpResponse.error() : HttpResponse.json(made, { status: 201 });
    }),
    http.patch(`${ALL}/:id`, async ({ params, request }) => {
      const { body } = (await request.json()) as { body: string };
      const loss = losses.shift();
      if (loss === 'before') return HttpResponse.error();
      const [name, now] = [...kept].find(([, { id }]) => id === params.id) ?? [];
      if (!name || !now) return HttpResponse.json({ status: 404, code: 'not_found' }, { status: 404 });
      const read = Number(request.headers.get('If-Match')?.slice(1, -1));
      const again = now.version === read + 1 && now.body === body;
      if (now.version !== read && !again) {
        return HttpResponse.json({ status: 412, code: 'changed' }, { status: 412 });
      }
      const made = again ? now : { ...now, body, version: read + 1 };
      kept.set(name, made);
      return loss ? HttpResponse.error() : HttpResponse.json(made);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Desk({ session }: { session: Session }) {
  const writing = useWriting();
  const { saving, error, save, cancel } = useContributing(session, writing, () => {});
  const [last] = [...kept.values()].slice(-1);
  return (
    <>
      <Composer
        writing={writing}
        posts={session.me.posts}
        saving={saving}
        error={error}
        onSave={save}
        onCancel={cancel}
      />
      {last && (
        <button type="button" onClick={() => writing.edit(last, undefined)}>
          Wijzig
        </button>
      )}
    </>
  );
}

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LiveRegion>
        <Desk session={sessionFor()} />
      </LiveRegion>
    </QueryClientProvider>,
  );
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>('Vraag');
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const bodies = () => [...kept.values()].map(({ body }) => body);
const sent = () => waitFor(() => expect(field().value).toBe(''));

async function lose(words: string, how: 'before' | 'after') {
  losses = [how];
  await userEvent.type(field(), words);
  await press('Zet erbij');
  expect(await screen.findByText(/weten niet of dit aankwam/)).toBeTruthy();
}

describe('sending what one wrote', () => {
  it.each(['before', 'after'] as const)(
    'again, when the answer was lost %s the server heard it, puts it there once',
    async (how) => {
      open();
      await lose('Waarom daar?', how);
      expect(field().value).toBe('Waarom daar?');
      await press('Stuur opnieuw');
      await sent();
      expect(bodies()).toEqual(['Waarom daar?']);
      expect(screen.queryByText(/weten niet/)).toBeNull();
      expect(screen.getByRole('button', { name: 'Zet erbij' })).toBeTruthy();
    },
  );

  it('again with more words leaves one, with all of them', async () => {
    open();
    await lose('Waarom', 'after');
    await userEvent.type(field(), ' daar?');
    await press('Stuur opnieuw');
    await sent();
    expect(bodies()).toEqual(['Waarom daar?']);
  });

  it('gives other words another name: the next one, and what one begins anew after emptying the field', async () => {
    open();
    await userEvent.type(field(), 'Een');
    await press('Zet erbij');
    await sent();
    await lose('Twee', 'after');
    await userEvent.clear(field());
    await userEvent.type(field(), 'Drie');
    await press('Zet erbij');
    await sent();
    expect(bodies()).toEqual(['Een', 'Twee', 'Drie']);
    expect(new Set(names()).size).toBe(3);
  });

  it('anew, after the server said that it is gone, is another try', async () => {
    open();
    server.use(
      http.post(ALL, () => HttpResponse.json({ status: 404, code: 'not_found' }, { status: 404 }), {
        once: true,
      }),
    );
    await userEvent.type(field(), 'Toch');
    await press('Zet erbij');
    expect(await screen.findByRole('alert')).toBeTruthy();
    await press('Zet erbij');
    await sent();
    expect(bodies()).toEqual(['Toch']);
  });
});

describe('changing what one wrote', () => {
  it.each(['before', 'after'] as const)(
    'again, when the answer was lost %s the server heard it, with what was typed since',
    async (how) => {
      open();
      await userEvent.type(field(), 'Waarom');
      await press('Zet erbij');
      await sent();
      await press('Wijzig');
      losses = [how];
      await userEvent.type(field(), ' daar');
      await press('Bewaar');
      expect(await screen.findByText(/weten niet of dit aankwam/)).toBeTruthy();
      await userEvent.type(field(), ' toen?');
      await press('Stuur opnieuw');
      await sent();
      expect(bodies()).toEqual(['Waarom daar toen?']);
      expect(screen.getByRole('button', { name: 'Zet erbij' })).toBeTruthy();
    },
  );

  it('that the server refuses keeps the words, and the next try is no other one', async () => {
    open();
    await userEvent.type(field(), 'Waarom');
    await press('Zet erbij');
    await sent();
    await press('Wijzig');
    server.use(
      http.patch(`${ALL}/:id`, () => HttpResponse.json({ status: 400, code: 'invalid' }, { status: 400 }), {
        once: true,
      }),
    );
    await userEvent.type(field(), '?');
    await press('Bewaar');
    expect(await screen.findByRole('alert')).toBeTruthy();
    await press('Bewaar');
    await sent();
    expect(bodies()).toEqual(['Waarom?']);
  });
});
