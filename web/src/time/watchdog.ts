/** A page that has heard nothing for so long no longer knows whether it may show a film. */
export const SILENCE_MS = 5000;

export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

/** performance.now keeps counting when the wall clock is set, unlike Date. */
export const browserClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
};

/** Calls onSilence once when heard() was not called for SILENCE_MS, and onSound at the first sound after it. */
export class Watchdog {
  private last: number;
  private timer: number | undefined;
  private silent = false;

  constructor(
    private readonly onSilence: () => void,
    private readonly onSound: () => void,
    private readonly clock: Clock = browserClock,
  ) {
    this.last = clock.now();
    this.schedule();
  }

  heard(): void {
    // After sleep the first sound may come before the late timer: the gap counts all the same.
    this.check();
    this.last = this.clock.now();
    if (this.silent) {
      this.silent = false;
      this.onSound();
    }
    this.schedule();
  }

  /** Looks at the clock now: timers of a hidden page run late. */
  check(): void {
    if (!this.silent && this.clock.now() - this.last >= SILENCE_MS) {
      this.silent = true;
      this.onSilence();
    }
  }

  stop(): void {
    if (this.timer !== undefined) this.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    this.stop();
    const wait = SILENCE_MS - (this.clock.now() - this.last);
    this.timer = this.clock.setTimeout(() => {
      this.check();
      if (!this.silent) this.schedule();
    }, wait);
  }
}
