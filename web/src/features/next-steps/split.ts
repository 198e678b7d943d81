import type { NextStep } from '../../api/types';

/** Open ones first; what was tried and what was let go stays readable under them. */
export function split(items: readonly NextStep[]): {
  open: NextStep[];
  tried: NextStep[];
  letGo: NextStep[];
} {
  return {
    open: items.filter(({ state }) => state === 'open'),
    tried: items.filter(({ state }) => state === 'tried'),
    letGo: items.filter(({ state }) => state === 'let_go'),
  };
}
