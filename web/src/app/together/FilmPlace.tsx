import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveSession } from '../../features/session-run/live';
import { fragmentsNow, hasFilm, leadsFilm } from '../../features/session-run/steps';
import type { Session, SessionFragment } from '../../features/session-run/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { Message } from '../../ui/Message';
import { isAlone, type OnFilm, SessionFilm } from './SessionFilm';

/** Which fragment is on: the one that everyone sees, or, alone, the one that was chosen here. */
function useOn(session: Session, live: LiveSession, fragments: readonly SessionFragment[]) {
  const [wanted, setWanted] = useState<number | null>(null);
  const alone = isAlone(session);
  // The film that was on until it closed: its place keeps the sentence until another one is on.
  const last = useRef<number | null>(null);
  if (live.film) last.current = live.film.n;
  const told = alone ? wanted : last.current;
  const known = fragments.find(({ n }) => n === told);
  // One fragment needs no choosing; alone one begins with the first that there is.
  const first = alone ? (fragments.find(({ state }) => state === 'open') ?? fragments[0]) : undefined;
  const on = known ?? (fragments.length === 1 ? fragments[0] : first);
  return { on, alone, setWanted };
}

interface ChooserProps {
  fragments: readonly SessionFragment[];
  chosen: number | undefined;
  onChoose: (fragment: SessionFragment) => void;
}

/** Buttons, and no choice of one: for everyone's film it is done when the server says so. */
function Chooser({ fragments, chosen, onChoose }: ChooserProps) {
  const { t } = useTranslation('sessionRun');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, no form
    <div className="vs-run__chooser" role="group" aria-label={t('film.choose')}>
      {fragments.map((fragment) => {
        const { n, ownerName } = fragment;
        return (
          <button
            key={n}
            type="button"
            className="vs-run__fragment"
            aria-pressed={chosen === n}
            onClick={() => onChoose(fragment)}
          >
            {ownerName === undefined ? t('film.one', { n }) : t('film.of', { n, name: ownerName })}
          </button>
        );
      })}
    </div>
  );
}

/**
 * What stands where the film was. One neutral sentence for every cause there is (a withdrawal, a pause, a scope, a
 * fragment taken back, an evaluator): whoever reads it must not learn which, and "gewist" would be untrue of a pause.
 */
function Closed({ alone }: { alone: boolean }) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const text = t(alone ? 'closed.alone' : 'closed.film');
  useEffect(() => announce(text), [announce, text]);
  return <p className="vs-run__closed">{text}</p>;
}

/** The film in the middle, the choice of it, or the sentence that stands in its place. */
export function FilmPlace(props: OnFilm) {
  const { session, live } = props;
  const { t } = useTranslation('sessionRun');
  const fragments = fragmentsNow(session);
  const { on, alone, setWanted } = useOn(session, live, fragments);
  if (fragments.length === 0 && !hasFilm(session)) return null;
  const mine = fragments.filter(({ n, state }) => state === 'open' && (alone || leadsFilm(session, n)));
  const choose = ({ n, startMs = 0 }: SessionFragment) => {
    if (alone) setWanted(n);
    else live.steer({ n, positionMs: startMs, playing: false, rate: 1 }).catch(props.onFailed);
  };
  const choosable = fragments.length > 1 && mine.length > 0;
  return (
    <section className="vs-run__film" aria-label={t('film.title')}>
      {choosable && <Chooser fragments={mine} chosen={on?.n} onChoose={choose} />}
      <OnScreen {...props} on={on} alone={alone} chooses={choosable} />
    </section>
  );
}

interface OnScreenProps extends OnFilm {
  on: SessionFragment | undefined;
  alone: boolean;
  /** Whether one chooses, right above it, which one is on. */
  chooses: boolean;
}

function OnScreen({ on, alone, chooses, ...props }: OnScreenProps) {
  const { t } = useTranslation('sessionRun');
  const { session, live } = props;
  if (!on && session.fragments.every(({ state }) => state === 'closed')) return <Closed alone={alone} />;
  if (!on) {
    return <p className="vs-run__closed">{t(chooses ? 'film.noneYetYours' : 'film.noneYet')}</p>;
  }
  if (on.state === 'closed' || (on.state === 'open' && !live.open.includes(on.n))) {
    return <Closed alone={session.step < 0 || alone} />;
  }
  if (on.state !== 'open') return <Message>{t(`film.${on.state}`)}</Message>;
  return <SessionFilm key={on.n} {...props} fragment={on} />;
}
