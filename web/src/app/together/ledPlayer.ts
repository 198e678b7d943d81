import { Player } from '../../features/recording/player';
import type { Controls } from '../../features/session-run/live';

/** Who moves this film: oneself alone, everyone's by these controls, or somebody else. */
type Steering = 'self' | 'other' | Controls;

/**
 * The player of a fragment in a session. Its positions are of the fragment, from 0; what the session tells and is told
 * is in the recording, from startMs. What is done to it goes to everyone, or nowhere, as the steering says.
 */
export class LedPlayer extends Player {
  private steering: Steering = 'other';

  constructor(
    private readonly startMs: number,
    leadMs: number,
    durationMs: number,
  ) {
    super({ leadMs, durationMs });
  }

  steer(steering: Steering): void {
    this.steering = steering;
  }

  /** A place of the recording as one of the fragment, and back. */
  readonly ofFragment = (ms: number): number => ms - this.startMs;
  readonly ofRecording = (ms: number): number => ms + this.startMs;

  override play(): void {
    if (this.steering === 'self') super.play();
    else if (this.steering !== 'other') this.steering.play();
  }

  override pause(): void {
    if (this.steering === 'self') super.pause();
    else if (this.steering !== 'other') this.steering.pause();
  }

  override seek(ms: number): void {
    if (this.steering === 'self') super.seek(ms);
    else if (this.steering !== 'other') {
      const { durationMs } = this.snapshot();
      this.steering.seek(this.ofRecording(Math.min(Math.max(ms, 0), durationMs)));
    }
  }

  override setRate(rate: number): void {
    if (this.steering === 'self') super.setRate(rate);
    else if (this.steering !== 'other') this.steering.setRate(rate);
  }
}
