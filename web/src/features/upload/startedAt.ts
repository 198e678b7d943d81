import { fromWall, toWall } from '../../time/wall';

/**
 * When filming probably began: the file was last written when it ended.
 * Never before everyone had said yes.
 */
export function guessStart(lastModified: number, durationMs: number | undefined, consentSince: Date): Date {
  const guess = lastModified - (durationMs ?? 0);
  return new Date(Math.max(guess, consentSince.getTime()));
}

/** The moment of a chosen minute; in the minute of the last yes it is that yes itself. Null when incomplete. */
export function chosenStart(wall: string, consentSince: Date): Date | null {
  const chosen = fromWall(wall);
  if (!chosen) return null;
  return toWall(consentSince) === wall.slice(0, 16) ? consentSince : chosen;
}
