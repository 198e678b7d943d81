import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from './fakeClock';
import { SILENCE_MS, Watchdog } from './watchdog';

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
