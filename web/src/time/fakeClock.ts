import type { Clock } from './watchdog';

/** A clock for tests: time passes when they say so. */
export class FakeClock implements Clock {
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
