import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { TakeBack } from './TakeBack';
import type { Session, SessionFragment } from './types';

interface FragmentLineProps {
  session: Session;
  fragment: SessionFragment;
}

/** What a fragment is called on screen: its times, or "de hele film". */
export function useFragmentName() {
  const { t } = useTranslation('sessions');
  return ({ whole, startMs, endMs }: Pick<SessionFragment, 'whole' | 'startMs' | 'endMs'>) =>
    whole || startMs === undefined || endMs === undefined
      ? t('fragment.whole')
      : t('fragment.span', { from: formatTimecode(startMs), to: formatTimecode(endMs) });
}

/** A fragment in the plan. One that closed says nothing but that; its owner can take it back until the end. */
export function FragmentLine({ session, fragment }: FragmentLineProps) {
  const { t } = useTranslation('sessions');
  const nameOf = useFragmentName();
  const { n, state, ownerName } = fragment;
  const own = session.me.owns.includes(n);
  const over = session.state === 'finished' || session.state === 'cancelled';
  const closed = t(over ? 'fragment.over' : 'fragment.closed');
  if (state === 'closed' && !own) return <li className="vs-line vs-subtle">{closed}</li>;
  return (
    <li className="vs-line">
      <div className="vs-line__text">
        <p className="vs-line__name">
          {own ? t('fragment.own') : t('fragment.of', { name: ownerName ?? '' })}
          {state !== 'closed' && `: ${nameOf(fragment)}`}
        </p>
        <p className="vs-subtle">{state === 'closed' ? closed : t(`fragment.state.${state}`)}</p>
      </div>
      {own && !over && <TakeBack sessionId={session.id} n={n} what={nameOf(fragment)} />}
    </li>
  );
}
