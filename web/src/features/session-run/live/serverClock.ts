/** How many of the last readings count: about half a minute of them. */
const RECENT = 30;

/**
 * What time it is at the server. Every message says when it left; the one that was under way the shortest knows
 * best, so of the recent readings the one that is furthest ahead counts. What is left of the error is the shortest
 * delay of one message.
 */
export class ServerClock {
  private readings: number[] = [];

  /** A message came at localNow (performance.now) that left when the server's clock said serverNow. */
  heard(serverNow: number, localNow: number): void {
    this.readings = [...this.readings.slice(1 - RECENT), serverNow - localNow];
  }

  /** After a silence, or at another server, nothing of before holds. */
  forget(): void {
    this.readings = [];
  }

  /** Milliseconds since the epoch by the server's clock; null before the first message. */
  at(localNow: number): number | null {
    return this.readings.length === 0 ? null : localNow + Math.max(...this.readings);
  }
}
