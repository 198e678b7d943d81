import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/problem';
import { Autosave, QUIET_MS, type Stored, typed, type Words } from './autosave';

const words = (body: string): Words => ({ start: '0:05', end: '', kind: 'observation', body, tags: [] });

/** A server with the drafts of one person; silent drops answers, off drops questions too. */
class FakeServer {
  drafts = new Map<string, Stored>();
  mode: 'on' | 'off' | 'silent' = 'on';
  asked = 0;

  keep = async (id: string, version: number, kept: Words): Promise<number> => {
    this.asked += 1;
    if (this.mode === 'off') throw new TypeError('Failed to fetch');
    if ((this.drafts.get(id)?.version ?? 0) !== version) throw new ApiError(412, 'changed');
    this.drafts.set(id, { version: version + 1, words: kept });
    if (this.mode === 'silent') throw new TypeError('Failed to fetch');
    return version + 1;
  };

  find = async (id: string) => {
    if (this.mode !== 'on') throw new TypeError('Failed to fetch');
    return this.drafts.get(id);
  };

  drop = async (id: string) => {
    this.drafts.delete(id);
  };
}

const server = () => new FakeServer();
let ids = 0;

function open(on: FakeServer, first: string, found?: Stored & { id: string }) {
  const gap = new Map<string, Words>();
  const draft = new Autosave(
    words(first),
    on,
    { put: (id, entry) => gap.set(id, entry.words), remove: (id) => gap.delete(id) },
    () => {},
    () => `id-${++ids}`,
    found && { ...found, acknowledged: found.words },
  );
  draft.change(words(first));
  return { draft, gap };
}

const bodies = (on: FakeServer) => [...on.drafts.values()].map(({ words: { body } }) => body).sort();
const rest = (ms = QUIET_MS) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is being typed', () => {
  it('is sent once the typing rests, and not before', async () => {
    const on = server();
    const { draft, gap } = open(on, 'h');
    await rest(500);
    draft.change(words('hal'));
    await rest(500);
    expect(on.asked).toBe(0);
    expect([...gap.values()]).toEqual([words('hal')]);
    await rest(300);
    expect(bodies(on)).toEqual(['hal']);
    expect(draft.state).toBe('kept');
    expect(gap.size).toBe(0);
  });

  it('is sent again when it went on while the answer was under way', async () => {
    const on = server();
    const { draft } = open(on, 'hal');
    const sending = draft.flush();
    draft.change(words('half af'));
    await sending;
    expect(draft.state).toBe('typing');
    await rest();
    expect(bodies(on)).toEqual(['half af']);
  });

  it('waits in the gap while there is no connection, and is sent by itself when there is', async () => {
    const on = server();
    const { draft, gap } = open(on, 'niet kwijt');
    on.mode = 'off';
    await rest();
    expect(draft.state).toBe('waiting');
    draft.change(words('niet kwijt, en meer'));
    expect(draft.state).toBe('waiting');
    expect([...gap.values()]).toEqual([words('niet kwijt, en meer')]);
    on.mode = 'on';
    await rest(5000);
    expect(bodies(on)).toEqual(['niet kwijt, en meer']);
    expect(gap.size).toBe(0);
  });

  it('whose answer got lost is known again, and stays one draft', async () => {
    const on = server();
    const { draft } = open(on, 'een');
    on.mode = 'silent';
    await rest();
    draft.change(words('een, twee'));
    on.mode = 'on';
    await rest(5000);
    expect(bodies(on)).toEqual(['een, twee']);
    expect(draft.state).toBe('kept');
  });

  it('goes on under another id when another window went on with the draft', async () => {
    const on = server();
    const { draft: first } = open(on, 'samen');
    await rest();
    const { draft: second } = open(on, 'samen', { id: first.id, version: 1, words: words('samen') });
    second.change(words('samen, van twee'));
    await rest();
    first.change(words('samen, van een'));
    await rest();
    expect(bodies(on)).toEqual(['samen, van een', 'samen, van twee']);
    expect(first.id).not.toBe(second.id);
  });

  it('goes on under another id when another window saved or threw away the draft', async () => {
    const on = server();
    const { draft } = open(on, 'een');
    await rest();
    on.drafts.clear();
    draft.change(words('een, twee'));
    await rest();
    expect(bodies(on)).toEqual(['een, twee']);
  });

  it('is not sent while the note is being saved', async () => {
    const on = server();
    const { draft } = open(on, 'af');
    const ref = await draft.hold();
    await rest(60_000);
    expect(on.asked).toBe(0);
    expect(ref).toEqual({ id: draft.id, version: 0 });
    draft.release();
    await rest(0);
    expect(bodies(on)).toEqual(['af']);
  });

  it('that the server does not take is not sent again until it changes', async () => {
    const on = server();
    const { draft, gap } = open(on, 'te lang');
    on.keep = vi.fn().mockRejectedValue(new ApiError(400, 'invalid'));
    await rest(60_000);
    expect(on.keep).toHaveBeenCalledTimes(1);
    expect(draft.state).toBe('refused');
    expect(gap.size).toBe(1);
    draft.change(words('kort'));
    await rest();
    expect(on.keep).toHaveBeenCalledTimes(2);
  });

  it('that is thrown away is gone on both sides', async () => {
    const on = server();
    const { draft, gap } = open(on, 'weg');
    await rest();
    draft.change(words('weg ermee'));
    await draft.drop();
    await rest(60_000);
    expect(on.drafts.size).toBe(0);
    expect(gap.size).toBe(0);
  });
});

describe('two windows in any order', () => {
  /** A small generator, so that a failure comes back with its seed. */
  const random = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('lose no word (seed %i)', async (seed) => {
    const next = random(seed);
    const on = server();
    const { draft: first } = open(on, 'begin');
    await rest();
    const windows = [first, open(on, 'begin', { id: first.id, version: 1, words: words('begin') }).draft];
    for (let step = 0; step < 25; step += 1) {
      on.mode = (['on', 'on', 'off', 'silent'] as const)[Math.floor(next() * 4)] ?? 'on';
      const which = Math.floor(next() * 2);
      if (next() < 0.7) windows[which]?.change(words(`venster ${which}, stap ${step}`));
      await rest(Math.floor(next() * 4000));
    }
    on.mode = 'on';
    await rest(60_000);
    const kept = [...on.drafts.values()].map((stored) => typed(stored.words));
    for (const { latest, state } of windows) {
      expect(kept).toContain(typed(latest));
      expect(state).toBe('kept');
    }
  });
});
