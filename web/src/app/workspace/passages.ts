import type { Player } from '../../features/recording/player';

/** How far the film may be from where it should be before the part counts as left, in ms. */
const LEFT_MS = 500;

/**
 * Plays a part of the film and stops at its end. Whoever pauses or goes elsewhere meanwhile is left alone.
 * Returns the way to let go of it.
 */
export function playPassage(player: Player, startMs: number, endMs: number): () => void {
  let begun = false;
  if (player.snapshot().looping) player.clearPiece();
  player.seek(startMs);
  const stop = player.subscribe(() => {
    const { positionMs, playing } = player.snapshot();
    const left = positionMs < startMs - LEFT_MS || positionMs > endMs + LEFT_MS;
    if (begun && (left || (!playing && positionMs < endMs))) stop();
    else if (playing && positionMs >= endMs) {
      stop();
      player.pause();
    }
    begun ||= playing;
  });
  player.play();
  return stop;
}
