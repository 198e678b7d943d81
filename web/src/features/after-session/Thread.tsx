import { useTranslation } from 'react-i18next';
import { useDates } from '../../time/useDates';
import type { SessionRound } from './types';
import { useThread } from './useSaid';

function Round({ round, now }: { round: SessionRound; now: boolean }) {
  const { t } = useTranslation('afterSession');
  const dates = useDates();
  const { round: number, state, startsAt, tried } = round;
  return (
    <li className="vs-rounds__round" aria-current={now ? 'step' : undefined}>
      <p className="vs-rounds__name">
        {startsAt
          ? t('thread.roundOn', { round: number, day: dates.day(startsAt) })
          : t('thread.round', { round: number })}
        <span className="vs-subtle"> {now ? t('thread.now') : t(`thread.states.${state}`)}</span>
      </p>
      {tried.length > 0 && (
        <>
          <p className="vs-subtle">{t('thread.tried')}</p>
          <ul className="vs-written__list">
            {tried.map(({ author, body }) => (
              <li key={`${author.id} ${body}`} className="vs-said-item">
                <p className="vs-said-item__head">
                  <span className="vs-said-item__who">{author.name}</span>
                </p>
                <p className="vs-said-item__body">{body}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

/** The rounds of one learning question, with what was tried; nothing while no round has been. */
export function Thread({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('afterSession');
  const { data } = useThread(sessionId);
  if (!data?.rounds.some(({ id, state }) => id !== sessionId && state === 'finished')) return null;
  return (
    <section className="vs-rounds" aria-labelledby="thread-title">
      <h2 id="thread-title" className="vs-together__title">
        {t('thread.title')}
      </h2>
      <ol className="vs-rounds__list">
        {data.rounds.map((round) => (
          <Round key={round.id} round={round} now={round.id === sessionId} />
        ))}
      </ol>
    </section>
  );
}
