/** Weight of the newest second; lower is calmer. */
const SMOOTHING = 0.2;
const MIN_SAMPLE_MS = 500;

/** A smoothed speed in bytes per second, so that the time left does not jump about. */
export class Speedometer {
  private last: { at: number; bytes: number } | undefined;
  private smoothed: number | undefined;

  /** Bytes sent so far, at a moment in ms of any steady clock. */
  add(bytes: number, at: number): void {
    if (!this.last || bytes < this.last.bytes) {
      this.last = { at, bytes }; // begun, or gone back to what the server has
      return;
    }
    const elapsed = at - this.last.at;
    if (elapsed < MIN_SAMPLE_MS) return;
    const speed = ((bytes - this.last.bytes) * 1000) / elapsed;
    const weight = 1 - (1 - SMOOTHING) ** (elapsed / 1000);
    this.smoothed = this.smoothed === undefined ? speed : this.smoothed + weight * (speed - this.smoothed);
    this.last = { at, bytes };
  }

  get bytesPerSecond(): number | undefined {
    return this.smoothed;
  }

  /** Seconds still to go; undefined while the speed is unknown or nothing moves. */
  secondsLeft(bytesToGo: number): number | undefined {
    return this.smoothed && this.smoothed > 0 ? bytesToGo / this.smoothed : undefined;
  }

  /** After a pause the old speed says nothing. */
  reset(): void {
    this.last = undefined;
    this.smoothed = undefined;
  }
}
