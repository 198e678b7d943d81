import { useSyncExternalStore } from 'react';
import type { Player, PlayerState } from './player';

/** One value of the player; the component renders again only when that value changes. */
export function usePlayer<T extends string | number | boolean | null>(
  player: Player,
  select: (state: PlayerState) => T,
): T {
  return useSyncExternalStore(player.subscribe, () => select(player.snapshot()));
}
