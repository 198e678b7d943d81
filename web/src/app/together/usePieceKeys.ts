import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyBindings } from '../../features/recording/keys';
import type { Session } from '../../features/session-run/types';
import type { Writing } from '../../features/session-run/useWriting';
import { isPlaced, marked, type Place, pieceOf } from '../../features/session-run/where';
import { useAnnounce } from '../../ui/LiveRegion';

const none: KeyBindings = {};

/** I and O mark where the piece that one writes about begins and ends, as in a workspace; Esc lets it go. */
export function usePieceKeys(session: Session, { draft, change }: Writing, place: Place | undefined) {
  const { t } = useTranslation('recording');
  const announce = useAnnounce();
  const writes = session.me.posts.length > 0;
  return useMemo((): KeyBindings => {
    if (!writes || !isPlaced(draft, place)) return none;
    const mark = (side: 'start' | 'end') => () => {
      const piece = marked(draft, place, side);
      change({ piece, here: true });
      announce(
        piece.end === ''
          ? t('piece.saidBegin', { at: piece.start })
          : t('piece.saidEnd', { from: piece.start, to: piece.end }),
      );
    };
    const letGo = () => {
      change({ piece: null });
      announce(t('piece.saidClear'));
    };
    return { i: mark('start'), o: mark('end'), ...(pieceOf(draft, place) && { escape: letGo }) };
  }, [announce, change, draft, place, t, writes]);
}
