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

/** One sign on a lane: a mark, or several that would cover each other. */
export interface Sign {
  /** The id of its first mark, so that a sign that falls apart keeps its place and its focus. */
  id: string;
  startMs: number;
  /** Where the last of its marks ends. */
  endMs: number;
  marks: readonly Mark[];
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Round positions for the ruler within an interval, at most about maxTicks of them. */
export function ticks(fromMs: number, toMs: number, maxTicks: number): number[] {
  const spanMs = toMs - fromMs;
  if (spanMs <= 0 || maxTicks < 1) return [];
  const stepMs = (STEPS_S.find((step) => spanMs / (step * 1000) <= maxTicks) ?? 7200) * 1000;
  const first = Math.ceil(fromMs / stepMs);
  const last = Math.floor(toMs / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepMs);
}

/**
 * The signs of a lane, by position: their beginnings are at least minMs apart. It looks at the whole lane,
 * not at the visible part, so that nothing falls apart or together while that part moves.
 */
export function signsOf(marks: readonly Mark[], minMs: number): Sign[] {
  const signs: (Sign & { marks: Mark[] })[] = [];
  const sorted = [...marks].sort((a, b) => a.startMs - b.startMs || a.id.localeCompare(b.id));
  for (const mark of sorted) {
    const last = signs.at(-1);
    const endMs = mark.endMs ?? mark.startMs;
    if (last && mark.startMs - last.startMs < minMs) {
      last.marks.push(mark);
      last.endMs = Math.max(last.endMs, endMs);
    } else {
      signs.push({ id: mark.id, startMs: mark.startMs, endMs, marks: [mark] });
    }
  }
  return signs;
}

/** The signs that can be seen in an interval. */
export function inSight(signs: readonly Sign[], fromMs: number, toMs: number): Sign[] {
  return signs.filter(({ startMs, endMs }) => startMs <= toMs && endMs >= fromMs);
}

/** The last mark of a sign begins here: what zooming must spread. */
export function lastStart(sign: Sign): number {
  return sign.marks.at(-1)?.startMs ?? sign.startMs;
}

function nearest(signs: readonly Sign[], ms: number): Sign | undefined {
  let best: Sign | undefined;
  for (const sign of signs) {
    if (!best || Math.abs(sign.startMs - ms) < Math.abs(best.startMs - ms)) best = sign;
  }
  return best;
}

/** Where an arrow key leads from a sign: along its lane, or to the nearest one on another lane that has any. */
export function neighbour(lanes: readonly (readonly Sign[])[], id: string, key: string): Sign | undefined {
  const row = lanes.findIndex((signs) => signs.some((sign) => sign.id === id));
  const signs = lanes[row];
  if (!signs) return undefined;
  const at = signs.findIndex((sign) => sign.id === id);
  const from = signs[at]?.startMs ?? 0;
  const other = (rows: readonly (readonly Sign[])[]) =>
    nearest(rows.find((candidates) => candidates.length > 0) ?? [], from);
  switch (key) {
    case 'ArrowRight':
      return signs[at + 1];
    case 'ArrowLeft':
      return signs[at - 1];
    case 'ArrowDown':
      return other(lanes.slice(row + 1));
    case 'ArrowUp':
      return other(lanes.slice(0, row).reverse());
    case 'Home':
      return signs[0];
    case 'End':
      return signs.at(-1);
    default:
      return undefined;
  }
}

/** For a narrow screen: everything on one line, or one chosen lane. */
export function folded(lanes: readonly Lane[], chosen: string, all: string): Lane[] {
  const one = lanes.find(({ id }) => id === chosen);
  return [one ?? { id: 'all', label: all, marks: lanes.flatMap(({ marks }) => marks) }];
}

/** The overview's strokes as an SVG path on a width of 1000: at most one per unit, however many marks there are. */
export function strokes(lanes: readonly Lane[], durationMs: number): string {
  const places = new Set<number>();
  for (const { marks } of lanes) {
    for (const { startMs } of marks) places.add(Math.round((startMs / durationMs) * 1000));
  }
  return [...places]
    .sort((a, b) => a - b)
    .map((x) => `M${x} 0V1`)
    .join('');
}
