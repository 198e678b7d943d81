/** What a form needs of the film. */
export interface Film {
  /** Where it is, in ms from its start. */
  now: () => number;
  durationMs: number;
  onJump: (ms: number) => void;
}
