import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Recording } from '../../api/types';
import { ActionLink } from '../../ui/ActionLink';
import { Asked } from '../../ui/Asked';
import { Allows } from './Allows';
import { useFragmentName } from './FragmentLine';
import { SHARE_TITLE } from './places';
import { TakeBack } from './TakeBack';
import type { Session, SessionFragment } from './types';
import { useSharedIn } from './useSharedIn';

/** Who of the session sees this fragment now: nobody before it is open, nor once it closed. */
function Onlookers({ session, fragment }: { session: Session; fragment: SessionFragment }) {
  const { t, i18n } = useTranslation('sessions');
  const isOpen = session.state === 'preparing' || session.state === 'running';
  const names = session.people
    .filter(({ id, agreed }) => agreed && id !== fragment.ownerId)
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'nl'));
  if (!isOpen || fragment.state === 'closed' || names.length === 0) return <>{t('share.nobody')}</>;
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names);
  return <>{t('share.who', { names: list })}</>;
}

interface SharedProps {
  session: Session;
  recordingId: string;
}

/** One session with fragments of the recording. */
function Shared({ session, recordingId }: SharedProps) {
  const nameOf = useFragmentName();
  return (
    <li>
      <h3 className="vs-share__session">
        <Link className="utrecht-link utrecht-link--html-a" to={`/sessies/${session.id}`}>
          {session.title}
        </Link>
      </h3>
      <ul className="vs-lines">
        {session.fragments
          .filter((fragment) => fragment.recordingId === recordingId)
          .map((fragment) => (
            <li key={fragment.n} className="vs-line">
              <div className="vs-line__text">
                <p className="vs-line__name">{nameOf(fragment)}</p>
                <p className="vs-subtle">
                  <Onlookers session={session} fragment={fragment} />
                </p>
              </div>
              <TakeBack sessionId={session.id} n={fragment.n} what={nameOf(fragment)} then={SHARE_TITLE} />
            </li>
          ))}
      </ul>
    </li>
  );
}

/** "Delen": what the citizen allows, who sees something of this recording now, and the way back. */
export function SharePanel({ recording }: { recording: Recording }) {
  const { t } = useTranslation('sessions');
  const shared = useSharedIn(recording.id);
  return (
    <section className="vs-share" aria-labelledby={SHARE_TITLE}>
      <h2 id={SHARE_TITLE} className="utrecht-heading-3" tabIndex={-1}>
        {t('share.title')}
      </h2>
      <Allows recording={recording} />
      <Asked query={shared}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p>{t('share.none')}</p>
          ) : (
            <>
              <ul className="vs-share__sessions" aria-label={t('share.sessions')}>
                {sessions.map((session) => (
                  <Shared key={session.id} session={session} recordingId={recording.id} />
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
