import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { ControlButton } from './ControlButton';
import { JumpTo } from './JumpTo';
import { type Player, rates } from './player';
import { useFullScreen } from './useFullScreen';
import { usePlayer } from './usePlayer';
import type { ShownCaptions } from './useShownCaptions';
import { Volume } from './Volume';

const SKIP_MS = 5000;

function SeekSlider({ player }: { player: Player }) {
  const { t } = useTranslation('recording');
  const positionMs = usePlayer(player, (state) => Math.round(state.positionMs / 100) * 100);
  const durationMs = usePlayer(player, (state) => state.durationMs);
  const text = t('position', { at: formatTimecode(positionMs), of: formatTimecode(durationMs) });
  return (
    <input
      type="range"
      className="vs-seek"
      aria-label={t('seek')}
      aria-valuetext={text}
      min={0}
      max={Math.max(durationMs, 1)}
      step={100}
      value={Math.min(positionMs, Math.max(durationMs, 1))}
      style={{ '--part': durationMs > 0 ? positionMs / durationMs : 0 } as React.CSSProperties}
      onChange={(event) => player.seek(Number(event.target.value))}
      onKeyDown={(event) => {
        // The browser would move by one step of 0,1 s; five seconds is what the arrows mean here.
        const move = { ArrowLeft: -SKIP_MS, ArrowDown: -SKIP_MS, ArrowRight: SKIP_MS, ArrowUp: SKIP_MS }[
          event.key
        ];
        if (move === undefined) return;
        event.preventDefault();
        player.skip(move);
      }}
    />
  );
}

function Speed({ player }: { player: Player }) {
  const { t, i18n } = useTranslation('recording');
  const rate = usePlayer(player, (state) => state.rate);
  const numbers = new Intl.NumberFormat(i18n.language);
  return (
    <label className="vs-speed">
      <span className="vs-visually-hidden">{t('speed')}</span>
      <select value={rate} onChange={(event) => player.setRate(Number(event.target.value))}>
        {rates.map((value) => (
          <option key={value} value={value}>
            {t('times', { rate: numbers.format(value) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** On or off where there is one language; else which of them. */
function CaptionsControl({ captions }: { captions: ShownCaptions }) {
  const { t } = useTranslation('recording');
  const { tracks, shown, show, toggle } = captions;
  if (tracks.length === 0) return null;
  if (tracks.length === 1) {
    return (
      <ControlButton icon="words" label={t('captions.toggle')} pressed={shown !== null} onClick={toggle} />
    );
  }
  return (
    <label className="vs-speed">
      <span className="vs-visually-hidden">{t('captions.toggle')}</span>
      <select value={shown ?? ''} onChange={(event) => show(event.target.value || null)}>
        <option value="">{t('captions.none')}</option>
        {tracks.map(({ language, label }) => (
          <option key={language} value={language}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ControlsProps {
  player: Player;
  captions?: ShownCaptions;
  /** What fills the screen: film and controls together. */
  frame: RefObject<HTMLElement>;
  onHelp: () => void;
}

export function Controls({ player, captions, frame, onHelp }: ControlsProps) {
  const { t } = useTranslation('recording');
  const playing = usePlayer(player, (state) => state.playing);
  const fullScreen = useFullScreen(frame);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar of buttons, no form
    <div className="vs-controls" role="group" aria-label={t('controls')}>
      <SeekSlider player={player} />
      <div className="vs-controls__row">
        <ControlButton
          icon="back"
          label={t('back')}
          text={t('backShort')}
          onClick={() => player.skip(-SKIP_MS)}
        />
        <ControlButton
          icon={playing ? 'pause' : 'play'}
          label={t(playing ? 'pause' : 'play')}
          className="vs-control--main"
          onClick={() => player.toggle()}
        />
        <ControlButton
          icon="forward"
          label={t('forward')}
          text={t('forwardShort')}
          onClick={() => player.skip(SKIP_MS)}
        />
        <JumpTo player={player} />
        <span className="vs-controls__space" />
        <Volume player={player} />
        <Speed player={player} />
        {captions && <CaptionsControl captions={captions} />}
        <ControlButton icon="keys" label={t('keys.title')} className="vs-control--keys" onClick={onHelp} />
        <ControlButton icon="full" label={t('fullScreen')} onClick={fullScreen} />
      </div>
    </div>
  );
}
