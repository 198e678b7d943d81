import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import type { RegisterTimeline } from '../../api/types';
import { Proof } from '../../features/register/Proof';
import { RecordActions } from '../../features/register/RecordActions';
import { useTimeline } from '../../features/register/useTimeline';
import { WaitingClosing } from '../../features/register/WaitingClosings';
import { useDates } from '../../time/useDates';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

/** How often the stages of an erasure are asked for while it goes on (ms). */
const STAGES_EVERY = 3_000;

function TimeLine({ line }: { line: RegisterTimeline }) {
  const { t } = useTranslation('register');
  const dates = useDates();
  const entries = useTimeline()(line);
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('record.timeline')}</h2>
      <ol className="vs-timeline-list">
        {entries.map((entry) => (
          <li key={entry.key}>
            <time dateTime={entry.at}>{dates.moment(entry.at)}</time>
            <strong>{entry.title}</strong>
            {entry.detail && <span className="vs-subtle">{entry.detail}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Waiting({ line }: { line: RegisterTimeline }) {
  const { t } = useTranslation('register');
  const waiting = line.closings.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('closing.waitingTitle')}</h2>
      <ul className="vs-notices">
        {waiting.map((closing) => (
          <WaitingClosing key={closing.id} closing={closing} linked={false} />
        ))}
      </ul>
    </section>
  );
}

export function RegisterRecordPage() {
  const { t } = useTranslation('register');
  const { recordId = '' } = useParams();
  const { data, error, isPending } = api.useQuery(
    'get',
    '/register/records/{recordId}',
    { params: { path: { recordId } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.erasures.some(({ erasedAt }) => !erasedAt) ? STAGES_EVERY : false,
    },
  );
  const title = data ? t('record.title', { role: t(`roles.${data.record.role}`) }) : t('title');
  return (
    <Page title={title}>
      <p>
        <Link className="utrecht-link" to="/register">
          {t('back')}
        </Link>
      </p>
      {isPending && <Placeholder size="page" />}
      {error && <ErrorMessage error={error} />}
      {data && (
        <>
          <Waiting line={data} />
          <TimeLine line={data} />
          <RecordActions line={data} />
          <Proof line={data} />
        </>
      )}
    </Page>
  );
}
