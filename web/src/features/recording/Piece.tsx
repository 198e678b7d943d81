import type { Player } from './player';
import type { ViewState } from './timelineView';
import { usePlayer } from './usePlayer';

/** The chosen piece over all lanes; striped while it repeats, so that colour is not all that tells. */
export function Piece({ player, view }: { player: Player; view: ViewState }) {
  const startMs = usePlayer(player, (state) => state.pieceStartMs);
  const endMs = usePlayer(player, (state) => state.pieceEndMs);
  const looping = usePlayer(player, (state) => state.looping);
  if (startMs === null) return null;
  const part = (ms: number) => `${(ms / view.spanMs) * 100}%`;
  return (
    <div
      aria-hidden="true"
      className={looping ? 'vs-piece vs-piece--repeats' : 'vs-piece'}
      style={{
        insetInlineStart: part(startMs - view.fromMs),
        inlineSize: part(endMs === null ? 0 : endMs - startMs),
      }}
    />
  );
}
