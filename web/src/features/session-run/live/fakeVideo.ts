import type { FakeClock } from '../../../time/fakeClock';
import type { Playable } from './follower';

/** A <video> for tests: it plays as the clock goes, and a jump takes seekMs. */
export class FakeVideo implements Playable {
  paused = true;
  ended = false;
  seeking = false;
  refuses = false;
  seeks = 0;
  private ready = 4;
  private rate = 1;
  private from = 0;
  private since: number;

  constructor(
    private readonly clock: FakeClock,
    private readonly seekMs = 0,
  ) {
    this.since = clock.now();
  }

  get currentTime(): number {
    const runs = !this.paused && !this.seeking && this.ready >= 3;
    return this.from + (runs ? ((this.clock.now() - this.since) / 1000) * this.rate : 0);
  }

  set currentTime(seconds: number) {
    this.seeks += 1;
    this.from = seconds;
    this.since = this.clock.now();
    if (this.seekMs === 0) return;
    this.seeking = true;
    this.clock.setTimeout(() => {
      this.seeking = false;
      this.since = this.clock.now();
    }, this.seekMs);
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(rate: number) {
    this.settle();
    this.rate = rate;
  }

  get readyState(): number {
    return this.ready;
  }

  set readyState(ready: number) {
    this.settle();
    this.ready = ready;
  }

  play = (): Promise<void> => {
    if (this.refuses) return Promise.reject(new DOMException('', 'NotAllowedError'));
    this.settle();
    this.paused = false;
    return Promise.resolve();
  };

  pause = (): void => {
    this.settle();
    this.paused = true;
  };

  private settle(): void {
    this.from = this.currentTime;
    this.since = this.clock.now();
  }
}
