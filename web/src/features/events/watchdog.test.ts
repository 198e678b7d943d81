import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, SILENCE_MS, Watchdog } from './watchdog';

class FakeClock implements Clock {
  private at = 0;
  private next = 1;
  private timers = new Map<number, { due: number; run: () => void }>();

  now = () => this.at;
  setTimeout = (run: () => void, ms: number) => {
    this.timers.set(this.next, { due: this.at + ms, run });
    return this.next++;
  };
  clearTimeout = (timer: number) => {
    this.timers.delete(timer);
  };

  /** Timers run, as in a page that is shown. */
  pass(ms: number) {
    const end = this.at + ms;
    for (;;) {
      const due = [...this.timers]
        .filter(([, timer]) => timer.due <= end)
        .sort((a, b) => a[1].due - b[1].due)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.at = due[1].due;
      due[1].run();
    }
    this.at = end;
  }

  /** Time passes and no timer runs, as in a computer that sleeps. */
  sleep(ms: number) {
    this.at += ms;
  }
}

describe('the watchdog', () => {
  let clock: FakeClock;
  const onSilence = vi.fn();
  const onSound = vi.fn();

  beforeEach(() => {
    clock = new FakeClock();
    onSilence.mockClear();
    onSound.mockClear();
  });

  it('says nothing while it hears something every 2 s', () => {
    const dog = new Watchdog(onSilence, onSound, clock);
    for (let beat = 0; beat < 100; beat++) {
      clock.pass(2000);
      dog.heard();
    }
    expect(onSilence).not.toHaveBeenCalled();
    expect(onSound).not.toHaveBeenCalled();
  });

  it('speaks once, exactly when the silence has lasted long enough', () => {
    new Watchdog(onSilence, onSound, clock);
    clock.pass(SILENCE_MS - 1);
    expect(onSilence).not.toHaveBeenCalled();
    clock.pass(1);
    expect(onSilence).toHaveBeenCalledTimes(1);
    clock.pass(60_000);
    expect(onSilence).toHaveBeenCalledTimes(1);
  });

  it('also watches before the first sound', () => {
    new Watchdog(onSilence, onSound, clock);
    clock.pass(SILENCE_MS);
    expect(onSilence).toHaveBeenCalled();
  });

  it('notices a silence that it slept through, at the first sound after it', () => {
    const dog = new Watchdog(onSilence, onSound, clock);
    clock.sleep(3600_000);
    dog.heard();
    expect(onSilence).toHaveBeenCalledTimes(1);
    expect(onSound).toHaveBeenCalledTimes(1);
  });

  it('watches again after a silence', () => {
    const dog = new Watchdog(onSilence, onSound, clock);
    clock.pass(SILENCE_MS);
    dog.heard();
    clock.pass(SILENCE_MS);
    expect(onSilence).toHaveBeenCalledTimes(2);
  });

  it('is quiet once stopped', () => {
    new Watchdog(onSilence, onSound, clock).stop();
    clock.pass(60_000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
