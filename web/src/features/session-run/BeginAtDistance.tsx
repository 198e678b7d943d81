import { Button, Heading2, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { CallAdvice } from './CallAdvice';
import { Refused } from './Refused';
import { leaderOf } from './steps';
import type { Session } from './types';
import { useStarting } from './useStarting';

interface BeginAtDistanceProps {
  session: Session;
  /** The ids of who has the session on a screen now. */
  present: readonly string[];
}

/** Before a session at a distance: how to call beside it, who is there, and for the leader the beginning. */
export function BeginAtDistance({ session, present }: BeginAtDistanceProps) {
  const { t, i18n } = useTranslation('sessionRun');
  const starting = useStarting(session.id);
  const here = session.people.filter(({ id }) => present.includes(id));
  const leader = session.people.find(({ id }) => id === leaderOf(session));
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    here.map(({ name }) => name),
  );
  return (
    <section className="vs-begin" aria-labelledby="begin-title">
      <Heading2 id="begin-title">{t('begin.title')}</Heading2>
      <CallAdvice />
      {session.can.start ? (
        <>
          <Paragraph>{t('begin.distance')}</Paragraph>
          <p className="vs-begin__here">{here.length > 1 ? t('begin.here', { names }) : t('begin.nobody')}</p>
          {starting.error && <Refused error={starting.error} />}
          <Button
            appearance="primary-action-button"
            disabled={starting.isPending}
            onClick={() => starting.mutate({})}
          >
            {t('begin.button')}
          </Button>
        </>
      ) : (
        <Paragraph>{t('begin.wait', { name: leader?.name ?? session.maker.name })}</Paragraph>
      )}
    </section>
  );
}
