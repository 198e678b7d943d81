import { isShown, PREPARING } from './steps';
import type { Contribution, Session } from './types';

/**
 * What may be on this screen. The server sends nothing before its time; what it sent a moment ago about a fragment
 * that has closed since leaves the screen at once, whatever order the news comes in.
 */
export function onScreen(all: readonly Contribution[], open: readonly number[]): readonly Contribution[] {
  return all.filter(({ n }) => n === undefined || open.includes(n));
}

/** What everyone may read: for a screen that everyone in the room sees, one's own are no exception. */
export function forEveryone(all: readonly Contribution[], session: Session): readonly Contribution[] {
  return all.filter(({ step }) => isShown(session, step));
}

/** Of the film that is on, and what is about no film; the newest step first, within it in order of time. */
export function inOrder(all: readonly Contribution[]): Contribution[] {
  return [...all].sort(
    (a, b) =>
      b.step - a.step || (a.startMs ?? -1) - (b.startMs ?? -1) || a.createdAt.localeCompare(b.createdAt),
  );
}

/** Those of one step, under its name. */
interface StepGroup {
  step: number;
  items: Contribution[];
}

export function byStep(all: readonly Contribution[]): StepGroup[] {
  const groups: StepGroup[] = [];
  for (const item of inOrder(all)) {
    const last = groups.at(-1);
    if (last && last.step === item.step) last.items.push(item);
    else groups.push({ step: item.step, items: [item] });
  }
  return groups;
}

/** The steps that were revealed since: those of `now` that `before` did not have. */
export function justRevealed(before: Session | undefined, now: Session): number[] {
  if (!before || before.id !== now.id) return [];
  return now.revealed.filter((step) => step >= PREPARING && !before.revealed.includes(step));
}
