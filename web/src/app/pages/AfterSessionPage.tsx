import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../../api/client';
import { isGone } from '../../api/problem';
import { InsightForm } from '../../features/after-session/InsightForm';
import { SaidList } from '../../features/after-session/SaidList';
import type { Contribution, Insight } from '../../features/after-session/types';
import { useInsightKeeping } from '../../features/after-session/useInsightKeeping';
import { useInsights, useSaid } from '../../features/after-session/useSaid';
import { useLive } from '../../features/events/live';
import { NextStepForm } from '../../features/next-steps/NextStepForm';
import { useNextStepActions } from '../../features/next-steps/useNextSteps';
import { useMe } from '../../features/sign-in/useMe';
import { useDates } from '../../time/useDates';
import { Asked } from '../../ui/Asked';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';

/** What was said in this session about one's own recording, with the way to each moment of the film. */
function SaidAbout({ sessionId, recordingId }: { sessionId: string; recordingId: string }) {
  const { t } = useTranslation('afterSession');
  const meId = useMe().data?.id;
  const query = useSaid(recordingId);
  const goTo = ({ startMs = 0 }: Contribution, time: string) => (
    <Link className="vs-note__time" to={`/opnames/${recordingId}?t=${startMs}`}>
      <span className="vs-visually-hidden">{t('said.goTo')} </span>
      {time}
    </Link>
  );
  return (
    <Asked query={query}>
      {({ items }) => {
        const said = items.find((item) => item.sessionId === sessionId)?.contributions ?? [];
        if (said.length === 0) return <p className="vs-empty">{t('said.none')}</p>;
        return (
          <div className="vs-after__said">
            <SaidList items={said} meId={meId} goTo={goTo} />
            <p className="vs-subtle">{t('said.only')}</p>
          </div>
        );
      }}
    </Asked>
  );
}

/** One own recording: what was said, and what one takes along. Gone with the recording, at once. */
function OwnPart({ sessionId, insight }: { sessionId: string; insight: Insight }) {
  const { t } = useTranslation('afterSession');
  const keep = useInsightKeeping(sessionId);
  const silent = useLive() === 'silent';
  const { error } = useSaid(insight.recordingId);
  if (error && isGone(error)) return null;
  return (
    <>
      <section className="vs-section">
        <h2 className="utrecht-heading-2">{t('said.title')}</h2>
        {silent ? (
          <Message type="warning">{t('silent')}</Message>
        ) : (
          <SaidAbout sessionId={sessionId} recordingId={insight.recordingId} />
        )}
      </section>
      <section className="vs-section">
        <h2 className="utrecht-heading-2">{t('insight.title')}</h2>
        <InsightForm text={insight.text ?? ''} onKeep={(text) => keep(insight.n, text)} />
      </section>
    </>
  );
}

const blank = { text: '', date: '', insight: '' };

/** One next step, kept apart from the session and the recording. */
function OneStep() {
  const { t } = useTranslation('afterSession');
  const announce = useAnnounce();
  const actions = useNextStepActions();
  const [draft, setDraft] = useState(blank);
  const [kept, setKept] = useState(false);
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('nextStep.title')}</h2>
      {kept ? (
        <Message type="ok">
          <Link className="utrecht-link utrecht-link--html-a" to="/voornemens">
            {t('nextStep.kept')}
          </Link>
        </Message>
      ) : (
        <NextStepForm
          draft={draft}
          onChange={setDraft}
          onSave={async () => {
            await actions.add({ text: draft.text.trim(), ...(draft.date !== '' && { date: draft.date }) });
            setKept(true);
            announce(t('nextStep.kept'));
          }}
        />
      )}
    </section>
  );
}

/** The way out: nobody asks again, whether something was written or not. */
function Leave({ sessionId, insights }: { sessionId: string; insights: readonly Insight[] }) {
  const { t } = useTranslation('afterSession');
  const navigate = useNavigate();
  const keep = useInsightKeeping(sessionId);
  const { saving, error, save } = useSaving();
  const unsaid = insights.filter(({ text }) => text === undefined);
  const leave = async () => {
    for (const { n } of unsaid) await keep(n, '');
  };
  return (
    <>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button
          appearance={unsaid.length > 0 ? 'subtle-button' : 'primary-action-button'}
          disabled={saving}
          onClick={() => void save(leave, () => void navigate('/'))}
        >
          {t(unsaid.length > 0 ? 'skip' : 'done')}
        </Button>
      </div>
    </>
  );
}

/** Alone and later: what the group said, what one takes along, one next step. Each can be left out. */
export function AfterSessionPage() {
  const { t } = useTranslation('afterSession');
  const { sessionId = '' } = useParams();
  const dates = useDates();
  const session = api.useQuery('get', '/review-sessions/{sessionId}', { params: { path: { sessionId } } });
  const query = useInsights(sessionId);
  const gone = query.error ?? session.error;
  if (gone && isGone(gone)) return <NotFoundPage />;
  const { title, startsAt } = session.data ?? {};
  const lead =
    title && (startsAt ? t('lead', { title, day: dates.day(startsAt) }) : t('leadNoDay', { title }));
  return (
    <Page title={t('title')} lead={lead}>
      <Asked query={query}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="vs-empty">{t('none')}</p>}
            {items.map((insight) => (
              <OwnPart key={insight.recordingId} sessionId={sessionId} insight={insight} />
            ))}
            <OneStep />
            <Leave sessionId={sessionId} insights={items} />
          </>
        )}
      </Asked>
    </Page>
  );
}
