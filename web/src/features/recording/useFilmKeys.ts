import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { useAnnounce } from '../../ui/LiveRegion';
import type { KeyBindings } from './keys';
import type { Player } from './player';
import type { TimelineView } from './timelineView';
import { useFullScreen } from './useFullScreen';

const SKIP_MS = 5000;
const LEAP_MS = 10_000;

/** What changes without a picture of it is said, for who does not see the screen. */
function usePieceKeys(player: Player): KeyBindings {
  const { t } = useTranslation('recording');
  const announce = useAnnounce();
  return useMemo(() => {
    const said = (key: 'saidEnd' | 'saidRepeats') => {
      const piece = player.piece();
      if (!piece) return;
      const { startMs, endMs } = piece;
      announce(t(`piece.${key}`, { from: formatTimecode(startMs), to: formatTimecode(endMs) }));
    };
    return {
      i: () => {
        player.beginPiece();
        announce(t('piece.saidBegin', { at: formatTimecode(player.snapshot().positionMs) }));
      },
      o: () => {
        player.endPiece();
        said('saidEnd');
      },
      r: () => {
        player.toggleLoop();
        if (player.snapshot().looping) said('saidRepeats');
        else announce(t('piece.saidGoesOn'));
      },
      escape: () => {
        if (player.snapshot().pieceStartMs === null) return;
        player.clearPiece();
        announce(t('piece.saidClear'));
      },
    };
  }, [announce, player, t]);
}

function useSpeedKeys(player: Player): KeyBindings {
  const { t, i18n } = useTranslation('recording');
  const announce = useAnnounce();
  return useMemo(() => {
    const change = (direction: 1 | -1) => {
      player.changeRate(direction);
      const rate = new Intl.NumberFormat(i18n.language).format(player.snapshot().rate);
      announce(t('saidSpeed', { rate }));
    };
    return { '<': () => change(-1), '>': () => change(1) };
  }, [announce, i18n.language, player, t]);
}

/** The single keys of film and timeline. */
export function useFilmKeys(player: Player, view: TimelineView, frame: RefObject<HTMLElement>): KeyBindings {
  const piece = usePieceKeys(player);
  const speed = useSpeedKeys(player);
  const fullScreen = useFullScreen(frame);
  return useMemo(
    () => ({
      ...piece,
      ...speed,
      space: () => player.toggle(),
      k: () => player.toggle(),
      j: () => player.skip(-LEAP_MS),
      l: () => player.skip(LEAP_MS),
      arrowleft: () => player.skip(-SKIP_MS),
      arrowright: () => player.skip(SKIP_MS),
      ',': () => player.step(-1),
      '.': () => player.step(1),
      '+': () => view.zoomIn(),
      // The same key without Shift.
      '=': () => view.zoomIn(),
      '-': () => view.zoomOut(),
      m: () => player.toggleMuted(),
      f: fullScreen,
    }),
    [fullScreen, piece, player, speed, view],
  );
}
