import { Paragraph } from '@utrecht/component-library-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionLink } from '../../ui/ActionLink';
import { Message } from '../../ui/Message';
import { AboutSession } from './AboutSession';
import { BringFragment } from './BringFragment';
import { CancelSession } from './CancelSession';
import { EnterSession } from './EnterSession';
import { FragmentLine } from './FragmentLine';
import { OpenSession } from './OpenSession';
import { PeopleList } from './PeopleList';
import { Problems } from './Problems';
import { FRAGMENTS_TITLE } from './places';
import { isRequest } from './todo';
import type { Session } from './types';

interface PartProps {
  title: string;
  titleId?: string;
  children: ReactNode;
}

function Part({ title, titleId, children }: PartProps) {
  const own = useId();
  const id = titleId ?? own;
  return (
    <section className="vs-plan__part" aria-labelledby={id}>
      <h2 id={id} className="utrecht-heading-2" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Where the session stands, in a sentence. */
export function Standing({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  if (session.state !== 'draft') return <>{t(`plan.${session.state}`)}</>;
  return <>{session.can.plan ? t('plan.draftLead') : t('plan.member', { name: session.maker.name })}</>;
}

interface SessionPlanProps {
  session: Session;
  selfId: string;
  /** Whether one can bring in films of one's own. */
  canBring: boolean;
  cuts: boolean;
  from: string | null;
}

/** A session before it runs. */
export function SessionPlan({ session, selfId, canBring, cuts, from }: SessionPlanProps) {
  const { t } = useTranslation('sessions');
  const { id, state, me, can, fragments, problems = [] } = session;
  const planned = state === 'draft' || state === 'preparing';
  return (
    <>
      {state === 'preparing' && !me.agreed && (
        <Message type="info">
          <Paragraph>{t('agreement.wait')}</Paragraph>
          <ActionLink to={`/sessies/${id}/afspraak`}>{t('agreement.read')}</ActionLink>
        </Message>
      )}
      <EnterSession session={session} />
      <div className="vs-plan">
        {!session.emptied && (
          <Part title={t('plan.question')}>
            <p className="vs-plan__question">{session.learningQuestion}</p>
          </Part>
        )}
        <Part title={t('plan.fragments')} titleId={FRAGMENTS_TITLE}>
          {fragments.length === 0 ? (
            <p>{t(session.emptied ? 'fragment.noneLeft' : 'fragment.none')}</p>
          ) : (
            <ul className="vs-lines">
              {fragments.map((fragment) => (
                <FragmentLine key={fragment.n} session={session} fragment={fragment} />
              ))}
            </ul>
          )}
          {me.owns.length > 0 && state !== 'finished' && state !== 'cancelled' && (
            <p className="vs-subtle">{t('takeBack.hint')}</p>
          )}
          {planned && canBring && <BringFragment session={session} cuts={cuts} from={from} />}
        </Part>
        <Part title={t('plan.people')}>
          <PeopleList session={session} selfId={selfId} />
        </Part>
        <Part title={t('plan.about')}>
          <AboutSession session={session} />
        </Part>
      </div>
      {planned && !isRequest(session) && <Problems problems={problems} />}
      {can.open && <OpenSession sessionId={id} />}
      {can.cancel && (
        <div className="vs-actions">
          <CancelSession sessionId={id} />
        </div>
      )}
    </>
  );
}
