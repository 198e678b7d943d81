import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode, parseTimecode } from '../../time/timecode';
import type { Player } from './player';
import { usePlayer } from './usePlayer';

/** The time now; typing another one and Enter goes there. */
export function JumpTo({ player }: { player: Player }) {
  const { t } = useTranslation('recording');
  const positionMs = usePlayer(player, (state) => Math.floor(state.positionMs / 1000) * 1000);
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = typed === null ? null : parseTimecode(typed);
  const wrong = typed !== null && typed !== '' && wanted === null;
  const jump = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === null) return;
    player.seek(wanted);
    setTyped(null);
  };
  return (
    <form autoComplete="off" className="vs-jump" onSubmit={jump}>
      <input
        aria-label={t('jump')}
        aria-invalid={wrong || undefined}
        aria-describedby="jump-hint"
        className="vs-jump__time"
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? formatTimecode(positionMs)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span id="jump-hint" className="vs-visually-hidden">
        {t(wrong ? 'jumpWrong' : 'jumpHint')}
      </span>
      <span className="vs-jump__of">{t('ofLength', { length: formatTimecode(durationMs) })}</span>
    </form>
  );
}
