import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/problem';
import type { ObservationForm } from '../../api/types';
import { Keeping, MAX_TEXT, QUIET_MS, type Unsent } from './keeping';

const words = (text: string) => ({ text, moments: [] });

/** A server with one form, as the real one answers; any screen can send to it. */
class OneForm {
  version = 1;
  texts: Record<string, string> = {};
  down = false;
  there = true;
  sent: Record<string, string>[] = [];

  form(): ObservationForm {
    const answers = Object.entries(this.texts).map(([code, text]) => ({ code, text, moments: [] }));
    return { id: 'f1', version: this.version, answers } as unknown as ObservationForm;
  }

  send = async (_id: string, version: number, answers: ObservationForm['answers']) => {
    await Promise.resolve();
    if (this.down) throw new TypeError('no network');
    if (!this.there) throw new ApiError(404, 'not_found');
    if (version !== this.version) throw new ApiError(412, 'changed');
    this.version++;
    const texts = Object.fromEntries(answers.map(({ code, text }) => [code, text]));
    this.sent.push(texts);
    Object.assign(this.texts, texts);
    return this.form();
  };

  read = async () => {
    await Promise.resolve();
    if (this.down) throw new TypeError('no network');
    return this.there ? this.form() : undefined;
  };
}

const quiet = (ms = QUIET_MS) => vi.advanceTimersByTimeAsync(ms);

describe('a form that is being filled in', () => {
  let server: OneForm;
  let here: Keeping;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new OneForm();
    here = new Keeping(server.form(), server);
  });
  afterEach(() => vi.useRealTimers());

  it('is kept after a moment of quiet, once', async () => {
    here.change('a', words('e'));
    here.change('a', words('een'));
    here.change('b', words('twee'));
    expect(here.snapshot().kept).toBe('keeping');
    await quiet();
    expect(server.sent).toEqual([{ a: 'een', b: 'twee' }]);
    expect(here.snapshot().kept).toBe('kept');
    expect(here.unkept()).toBe(false);
  });

  it('sends what was typed while it was being sent', async () => {
    here.change('a', words('een'));
    here.flush();
    here.change('a', words('een en meer'));
    await quiet(2 * QUIET_MS);
    expect(server.texts).toEqual({ a: 'een en meer' });
    expect(here.snapshot().kept).toBe('kept');
  });

  it('waits out a lost connection and loses nothing', async () => {
    server.down = true;
    here.change('a', words('een'));
    await quiet();
    expect(here.snapshot().kept).toBe('waiting');
    here.change('b', words('twee'));
    await quiet(10_000);
    server.down = false;
    await quiet(60_000);
    expect(server.texts).toEqual({ a: 'een', b: 'twee' });
    expect(here.snapshot().kept).toBe('kept');
  });

  it('is not at odds with itself when only the answer was lost', async () => {
    const send = server.send;
    server.send = async (...sent) => {
      await send(...sent);
      throw new TypeError('the answer was lost');
    };
    here.change('a', words('een'));
    await quiet();
    server.send = send;
    here.change('a', words('een en meer'));
    await quiet(60_000);
    expect(server.texts).toEqual({ a: 'een en meer' });
    expect(here.snapshot()).toMatchObject({ theirs: {}, kept: 'kept' });
  });

  it('meets another tab: other answers come in, and of the same answer both stay', async () => {
    const there = new Keeping(server.form(), server);
    there.change('a', words('van daar'));
    there.change('c', words('ook van daar'));
    await quiet();
    here.change('a', words('van hier'));
    here.change('b', words('alleen hier'));
    await quiet(3 * QUIET_MS);
    const { answers, theirs, kept } = here.snapshot();
    expect(kept).toBe('choosing');
    expect(answers).toEqual({ a: words('van hier'), b: words('alleen hier'), c: words('ook van daar') });
    expect(theirs).toEqual({ a: words('van daar') });
    expect(server.texts).toEqual({ a: 'van daar', b: 'alleen hier', c: 'ook van daar' });

    here.choose('a', 'mine');
    await quiet();
    expect(server.texts.a).toBe('van hier');
    expect(here.snapshot()).toMatchObject({ theirs: {}, kept: 'kept' });
  });

  it('takes the other answer when one says so', async () => {
    here.change('a', words('van hier'));
    server.version = 2;
    server.texts = { a: 'van daar' };
    await quiet();
    here.choose('a', 'theirs');
    await quiet();
    expect(here.snapshot()).toEqual({ answers: { a: words('van daar') }, theirs: {}, kept: 'kept' });
  });

  it('that is gone is begun anew with everything that was on the screen', async () => {
    here.change('a', words('een'));
    await quiet();
    server.there = false;
    here.change('b', words('twee'));
    await quiet();
    expect(here.snapshot().kept).toBe('gone');
    expect(here.snapshot().answers).toEqual({ a: words('een'), b: words('twee') });
    Object.assign(server, { there: true, version: 1, texts: {} });
    here.restart(server.form());
    await quiet();
    expect(server.texts).toEqual({ a: 'een', b: 'twee' });
  });

  it('sends nothing that is too long, until it is shorter', async () => {
    here.change('a', words('x'.repeat(MAX_TEXT + 1)));
    here.change('b', words('twee'));
    await quiet();
    expect(server.texts).toEqual({ b: 'twee' });
    expect(here.unkept()).toBe(true);
    expect(here.snapshot().kept).toBe('refused');
    here.change('a', words('kort'));
    await quiet();
    expect(server.texts).toEqual({ a: 'kort', b: 'twee' });
  });

  it('goes on after a reload with what was unsent, and sets it beside what another tab kept meanwhile', async () => {
    const held = new Map<string, Omit<Unsent, 'id'>>();
    const gap = {
      put: (id: string, unsent: Omit<Unsent, 'id'>) => held.set(id, unsent),
      remove: (id: string) => held.delete(id),
    };
    const before = new Keeping(server.form(), server, gap);
    server.down = true;
    before.change('a', words('van hier'));
    before.change('b', words('ook van hier'));
    const unsent = held.get('f1');
    before.stop();
    server.down = false;
    Object.assign(server, { version: 2, texts: { a: 'van daar' } });

    const after = new Keeping(server.form(), server, gap);
    after.resume(unsent ?? { mine: {}, base: {} });
    await quiet();
    expect(server.texts).toEqual({ a: 'van daar', b: 'ook van hier' });
    expect(after.snapshot()).toMatchObject({
      answers: { a: words('van hier'), b: words('ook van hier') },
      theirs: { a: words('van daar') },
    });
    expect(Object.keys(held.get('f1')?.mine ?? {})).toEqual(['a']);
    after.choose('a', 'mine');
    await quiet();
    expect(server.texts.a).toBe('van hier');
    expect(held.size).toBe(0);
  });

  it('does not begin anew what was read late', async () => {
    const early = server.form();
    here.change('a', words('een'));
    await quiet();
    here.take(early);
    expect(here.snapshot().answers).toEqual({ a: words('een') });
  });

  // Whatever the order of typing in two tabs, quiet, a lost connection and choosing: no tab ever writes over words
  // that it did not show, and in the end everything is kept or chosen.
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('loses nothing in the order %i', async (seed) => {
    let state = seed * 7919 + 1;
    const draw = (n: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * n);
    };
    const tab = () => {
      const shown = new Set<string>();
      const keeping: Keeping = new Keeping(server.form(), {
        read: server.read,
        send: async (id, version, answers) => {
          for (const { code } of answers) {
            const over = server.texts[code];
            if (version === server.version && over !== undefined) expect(shown).toContain(`${code} ${over}`);
          }
          return server.send(id, version, answers);
        },
      });
      keeping.subscribe(() => {
        const { answers, theirs } = keeping.snapshot();
        for (const on of [answers, theirs]) {
          for (const [code, { text }] of Object.entries(on)) shown.add(`${code} ${text}`);
        }
      });
      return keeping;
    };
    const tabs = [tab(), tab()];
    for (let step = 0; step < 40; step++) {
      const at = tabs[draw(2)] as Keeping;
      const code = ['a', 'b', 'c'][draw(3)] as string;
      const what = draw(7);
      if (what < 3) {
        at.change(code, words(`${step}`));
        expect(at.snapshot().answers[code]).toEqual(words(`${step}`));
      } else if (what === 3) await quiet(draw(3) * QUIET_MS);
      else if (what === 4) server.down = draw(2) === 0;
      else if (what === 5) at.take(server.form());
      else if (code in at.snapshot().theirs) at.choose(code, draw(2) === 0 ? 'mine' : 'theirs');
    }
    server.down = false;
    for (let round = 0; round < 6; round++) {
      await quiet(60_000);
      for (const at of tabs) for (const code of Object.keys(at.snapshot().theirs)) at.choose(code, 'mine');
    }
    for (const at of tabs) {
      expect(at.unkept()).toBe(false);
      expect(at.snapshot().kept).toBe('kept');
    }
  });
});
