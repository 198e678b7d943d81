import type { Memory, MemoryPart } from '../../api/types';

/** As much as one needs to see what led to it. */
const BEFORE_MS = 10_000;

/** Which part of the film each word stands for: its first second, its half, the beginning of its last sixth. */
const shares: Record<MemoryPart, number> = { begin: 0, middle: 1 / 2, end: 5 / 6 };

/**
 * Where to begin looking for a memory, in ms from the film's start. It is a guess and the screen says so: memory
 * knows no time codes.
 */
export function placeOf(part: MemoryPart, durationMs: number): number {
  return Math.max(0, Math.round(durationMs * shares[part]) - BEFORE_MS);
}

/** The memories with words; an empty line is none. */
export function written(memories: readonly Memory[]): Memory[] {
  return memories.filter(({ text }) => text.trim() !== '');
}
