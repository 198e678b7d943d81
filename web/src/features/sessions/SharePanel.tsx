import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Recording } from '../../api/types';
import { useDates } from '../../time/useDates';
import { ActionLink } from '../../ui/ActionLink';
import { Asked } from '../../ui/Asked';
import { Allows } from './Allows';
import { useFragmentName } from './FragmentLine';
import { SHARE_TITLE } from './places';
import { TakeBack } from './TakeBack';
import type { SharedFragment, Sharing } from './types';
import { useSharing } from './useSharing';

/** Who sees this fragment now, and who is going to: as the server says, by the rule that opens the film. */
function Onlookers({ fragment }: { fragment: SharedFragment }) {
  const { t, i18n } = useTranslation('sessions');
  const { openTo, later, state } = fragment;
  const list = (people: SharedFragment['openTo']) => {
    const names = people.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'nl'));
    return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names);
  };
  const awaits = state === 'open' || state === 'waiting' || state === 'cutting' ? state : undefined;
  return (
    <>
      <p>{openTo.length > 0 ? t('share.who', { names: list(openTo) }) : t('share.nobody')}</p>
      {later.length > 0 && awaits && (
        <p className="vs-subtle">{t(`share.later.${awaits}`, { names: list(later) })}</p>
      )}
      {state === 'failed' && <p className="vs-subtle">{t('fragment.state.failed')}</p>}
    </>
  );
}

/** One session with fragments of the recording. One that is not there for its owner still has to be known of. */
function Shared({ sharing }: { sharing: Sharing }) {
  const { t } = useTranslation('sessions');
  const nameOf = useFragmentName();
  const dates = useDates();
  const { sessionId, title, startsAt, fragments } = sharing;
  return (
    <li>
      <h3 className="vs-share__session">
        {title === undefined ? (
          t('share.unnamed')
        ) : (
          <Link className="utrecht-link utrecht-link--html-a" to={`/sessies/${sessionId}`}>
            {title}
          </Link>
        )}
      </h3>
      {startsAt && <p className="vs-share__when vs-subtle">{dates.moment(startsAt)}</p>}
      <ul className="vs-lines">
        {fragments.map((fragment) => (
          <li key={fragment.n} className="vs-line">
            <div className="vs-line__text">
              <p className="vs-line__name">{nameOf(fragment)}</p>
              <Onlookers fragment={fragment} />
            </div>
            <TakeBack sessionId={sessionId} n={fragment.n} what={nameOf(fragment)} then={SHARE_TITLE} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** "Delen": what the citizen allows, who sees something of this recording now, and the way back. */
export function SharePanel({ recording }: { recording: Recording }) {
  const { t } = useTranslation('sessions');
  const shared = useSharing(recording.id);
  return (
    <section className="vs-share" aria-labelledby={SHARE_TITLE}>
      <h2 id={SHARE_TITLE} className="utrecht-heading-3" tabIndex={-1}>
        {t('share.title')}
      </h2>
      <Allows recording={recording} />
      <Asked query={shared}>
        {(all) =>
          all.length === 0 ? (
            <p>{t('share.none')}</p>
          ) : (
            <>
              <ul className="vs-share__sessions" aria-label={t('share.sessions')}>
                {all.map((sharing) => (
                  <Shared key={sharing.sessionId} sharing={sharing} />
                ))}
              </ul>
              <p className="vs-subtle">{t('takeBack.hint')}</p>
            </>
          )
        }
      </Asked>
      <div>
        <ActionLink
          appearance="secondary-action"
          to={`/sessies/nieuw?${new URLSearchParams({ opname: recording.id })}`}
        >
          {t('share.new')}
        </ActionLink>
      </div>
    </section>
  );
}
