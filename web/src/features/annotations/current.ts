interface Positioned {
  id: string;
  startMs: number;
  endMs?: number | undefined;
}

/** How long a note on a moment stays the current one. */
const MOMENT_MS = 4000;

/** The note that belongs to a position: of those that cover it, the one that began last. */
export function currentNote(notes: readonly Positioned[], positionMs: number): string | null {
  let current: Positioned | null = null;
  for (const note of notes) {
    const end = note.endMs ?? note.startMs + MOMENT_MS;
    const covers = note.startMs <= positionMs && positionMs < Math.max(end, note.startMs + 1);
    if (covers && (current === null || note.startMs >= current.startMs)) current = note;
  }
  return current?.id ?? null;
}
