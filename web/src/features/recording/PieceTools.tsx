import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import type { Player } from './player';
import { Tool } from './Tool';
import { usePlayer } from './usePlayer';

/** Choosing a piece of the film: for a note, a fragment, or to see it again and again. */
export function PieceTools({ player }: { player: Player }) {
  const { t } = useTranslation('recording');
  const looping = usePlayer(player, (state) => state.looping);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, no form
    <div className="vs-piece-tools" role="group" aria-label={t('piece.tools')}>
      <Tool
        icon="begin"
        label={t('piece.begin')}
        text={t('piece.beginShort')}
        onClick={() => player.beginPiece()}
      />
      <Tool icon="end" label={t('piece.end')} text={t('piece.endShort')} onClick={() => player.endPiece()} />
      <Tool
        icon="repeat"
        label={t('piece.repeat')}
        text={t('piece.repeatShort')}
        pressed={looping}
        onClick={() => player.toggleLoop()}
      />
    </div>
  );
}

/** Which piece is chosen, and the way to let it go. */
export function ChosenPiece({ player }: { player: Player }) {
  const { t } = useTranslation('recording');
  const startMs = usePlayer(player, (state) => state.pieceStartMs);
  const endMs = usePlayer(player, (state) => state.pieceEndMs);
  const looping = usePlayer(player, (state) => state.looping);
  if (startMs === null && endMs === null) return null;
  const at = (ms: number | null) => (ms === null ? '…' : formatTimecode(ms));
  return (
    <div className="vs-chosen-piece">
      <span>{t(looping ? 'piece.repeats' : 'piece.part', { from: at(startMs), to: at(endMs) })}</span>
      <Tool icon="close" label={t('piece.clear')} onClick={() => player.clearPiece()} />
    </div>
  );
}
