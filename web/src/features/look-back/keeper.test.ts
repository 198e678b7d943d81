import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LookBack, LookBackChange } from '../../api/types';
import { Keeper, over } from './keeper';

const empty: LookBack = { positionMs: 0, memories: [], memoryIndex: 0, nextStep: '' };

/** A server that keeps, fails or waits as the test says. */
function server() {
  let kept = empty;
  const asked: LookBackChange[] = [];
  const answers: (() => Promise<void>)[] = [];
  const send = async (change: LookBackChange) => {
    asked.push(change);
    await answers.shift()?.();
    kept = over(kept, change);
    return kept;
  };
  return { send, asked, answers, kept: () => kept };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is typed in a look-back', () => {
  it('is sent once after a pause, the newest of each field', async () => {
    const s = server();
    const keeper = new Keeper(
      s.send,
      () => {},
      () => false,
    );
    keeper.keep({ nextStep: 'dr' });
    keeper.keep({ nextStep: 'drie' });
    keeper.keep({ positionMs: 7 });
    expect(keeper.snapshot()).toEqual({ unkept: { nextStep: 'drie', positionMs: 7 }, keeping: 'keeping' });
    await vi.advanceTimersByTimeAsync(600);
    expect(s.asked).toEqual([{ nextStep: 'drie', positionMs: 7 }]);
    expect(keeper.snapshot()).toEqual({ unkept: {}, keeping: 'kept' });
  });

  it('that comes while something is on its way is sent after it, in order', async () => {
    const s = server();
    let arrive = () => {};
    s.answers.push(() => new Promise<void>((resolve) => (arrive = resolve)));
    const keeper = new Keeper(
      s.send,
      () => {},
      () => false,
    );
    keeper.keep({ nextStep: 'a' });
    await vi.advanceTimersByTimeAsync(600);
    keeper.keep({ nextStep: 'ab' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(s.asked).toEqual([{ nextStep: 'a' }]);
    expect(keeper.snapshot().unkept).toEqual({ nextStep: 'ab' });
    arrive();
    await vi.advanceTimersByTimeAsync(600);
    expect(s.kept().nextStep).toBe('ab');
  });

  it('waits in memory while there is no connection, and does not undo what is newer', async () => {
    const s = server();
    s.answers.push(() => Promise.reject(new Error('no connection')));
    const keeper = new Keeper(
      s.send,
      () => {},
      () => false,
    );
    keeper.keep({ nextStep: 'oud', step: 'film' });
    await vi.advanceTimersByTimeAsync(600);
    expect(keeper.snapshot()).toEqual({ unkept: { nextStep: 'oud', step: 'film' }, keeping: 'waiting' });
    keeper.keep({ nextStep: 'nieuw' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(s.asked.at(-1)).toEqual({ nextStep: 'nieuw', step: 'film' });
    expect(keeper.snapshot().keeping).toBe('kept');
  });

  it('that is newer than what did not arrive is what is sent next', async () => {
    const s = server();
    let fail = () => {};
    s.answers.push(
      () =>
        new Promise<void>((_, reject) => {
          fail = () => reject(new Error('no connection'));
        }),
    );
    const keeper = new Keeper(
      s.send,
      () => {},
      () => false,
    );
    keeper.keep({ nextStep: 'oud' });
    await vi.advanceTimersByTimeAsync(600);
    keeper.keep({ nextStep: 'nieuw' });
    fail();
    await vi.advanceTimersByTimeAsync(4000);
    expect(s.asked).toEqual([{ nextStep: 'oud' }, { nextStep: 'nieuw' }]);
  });

  it('is not sent again and again when the server refuses it', async () => {
    const s = server();
    s.answers.push(() => Promise.reject(new Error('gone')));
    const keeper = new Keeper(
      s.send,
      () => {},
      () => true,
    );
    keeper.keep({ nextStep: 'x' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(s.asked).toHaveLength(1);
    expect(keeper.snapshot()).toEqual({ unkept: {}, keeping: 'kept' });
  });

  it('is forgotten, and not sent, when the recording is gone', async () => {
    const s = server();
    const keeper = new Keeper(
      s.send,
      () => {},
      () => false,
    );
    keeper.keep({ nextStep: 'x' });
    keeper.forget();
    keeper.keep({ nextStep: 'y' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(s.asked).toEqual([]);
    expect(keeper.snapshot()).toEqual({ unkept: {}, keeping: 'kept' });
  });

  it('shows a choice that was taken back as not made', () => {
    expect(over({ ...empty, begin: 'well', step: 'film' }, { begin: null })).toEqual({
      ...empty,
      step: 'film',
    });
  });
});
