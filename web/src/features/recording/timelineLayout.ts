/** What stands on the timeline: a moment, or an interval when endMs is given. Milliseconds from the start. */
export interface Mark {
  id: string;
  startMs: number;
  endMs?: number | undefined;
  /** Read by a screen reader and shown on hover. */
  label: string;
  kind: string;
}

/** One line of the timeline. Ids of marks are unique over all lanes. */
export interface Lane {
  id: string;
  label: string;
  marks: readonly Mark[];
}

export interface PlacedMark extends Mark {
  /** Which row it stands on, from 0, so that no two marks cover each other. */
  lane: number;
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Round positions for the ruler, at most about maxTicks of them. */
export function ticks(durationMs: number, maxTicks: number): number[] {
  if (durationMs <= 0 || maxTicks < 1) return [];
  const stepMs = (STEPS_S.find((step) => durationMs / (step * 1000) <= maxTicks) ?? 7200) * 1000;
  return Array.from({ length: Math.floor(durationMs / stepMs) + 1 }, (_, index) => index * stepMs);
}

/** Gives each mark the first lane where it does not touch another; minMs is how much time a mark covers at least. */
export function placeMarks(marks: readonly Mark[], minMs: number): PlacedMark[] {
  const ends: number[] = [];
  return [...marks]
    .sort((a, b) => a.startMs - b.startMs || (b.endMs ?? 0) - (a.endMs ?? 0))
    .map((mark) => {
      const found = ends.findIndex((end) => end <= mark.startMs);
      const lane = found === -1 ? ends.length : found;
      ends[lane] = Math.max(mark.endMs ?? 0, mark.startMs + minMs);
      return { ...mark, lane };
    });
}
