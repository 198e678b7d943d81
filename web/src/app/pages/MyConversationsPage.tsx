import { useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationLine } from '../../api/types';
import { AfterTasks } from '../../features/after-session/AfterTasks';
import { ConversationCard } from '../../features/conversations/ConversationCard';
import { EmptyConversations } from '../../features/conversations/EmptyConversations';
import { OriginalTasks } from '../../features/conversations/OriginalTasks';
import { isToDo } from '../../features/conversations/todo';
import { useConversations } from '../../features/conversations/useConversations';
import { TenMinutesLink } from '../../features/look-back/TenMinutesLink';
import { Notices } from '../../features/notices/Notices';
import { Participations } from '../../features/participations/Participations';
import { RecordingTime } from '../../features/recording/RecordingTime';
import { TodaySessions } from '../../features/sessions/TodaySessions';
import { ActionLink } from '../../ui/ActionLink';
import { ErrorMessage } from '../../ui/Message';
import { More } from '../../ui/More';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

/** The film that the card is about, with its time. */
function FilmTime({ line }: { line: ConversationLine }) {
  const queryClient = useQueryClient();
  const ready = line.recordings?.filter(({ state }) => state === 'ready') ?? [];
  const told = ready.find(({ notice }) => notice !== undefined);
  const recording = told ?? (ready.length === 1 ? ready[0] : undefined);
  if (!recording) return null;
  const onErased = () => void queryClient.invalidateQueries({ queryKey: ['get', '/conversations'] });
  return <RecordingTime recording={recording} onErased={onErased} />;
}

/** The film to take ten minutes for now; none while nobody may look. */
function FreshFilm({ line }: { line: ConversationLine }) {
  const ready = line.recordings?.filter(({ state, can }) => state === 'ready' && can.watch) ?? [];
  if (ready.length !== 1 || !ready[0]) return null;
  return (
    <div className="vs-time__actions">
      <TenMinutesLink recordingId={ready[0].id} />
    </div>
  );
}

/** Drawn again only when something of it changed: there can be very many. */
const Line = memo(function Line({ line, fresh }: { line: ConversationLine; fresh: boolean }) {
  return (
    <ConversationCard line={line}>
      {fresh && <FreshFilm line={line} />}
      <FilmTime line={line} />
    </ConversationCard>
  );
});

interface LinesProps {
  title: string;
  lines: readonly ConversationLine[];
  /** What to do now: also the ten minutes. */
  fresh?: boolean;
}

function Lines({ title, lines, fresh = false }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{title}</h2>
      <ul className="vs-cards">
        {lines.map((line) => (
          <Line key={line.id} line={line} fresh={fresh} />
        ))}
      </ul>
    </section>
  );
}

export function MyConversationsPage() {
  const { t } = useTranslation('conversations');
  const query = useConversations();
  const { data, error, isPending, refetch } = query;
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  const now = new Date();
  const empty = data && lines.length === 0;
  return (
    <Page
      title={t('title')}
      lead={empty ? t('empty.lead') : undefined}
      actions={
        <>
          {lines.length > 0 && (
            <Link className="vs-to-search utrecht-link utrecht-link--html-a" to="/zoeken">
              {t('search')}
            </Link>
          )}
          <ActionLink to="/gesprekken/nieuw">{t('new')}</ActionLink>
        </>
      }
    >
      <Notices />
      <Participations />
      <TodaySessions />
      {isPending && <Placeholder size="page" />}
      {error && <ErrorMessage error={error} again={refetch} />}
      {empty && <EmptyConversations />}
      <Lines title={t('toDo')} fresh lines={lines.filter((line) => isToDo(line, now))} />
      <AfterTasks />
      <OriginalTasks />
      <Lines title={t('earlier')} lines={lines.filter((line) => !isToDo(line, now))} />
      <More query={query}>{t('more')}</More>
    </Page>
  );
}
