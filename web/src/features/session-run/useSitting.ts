import { useCallback, useMemo } from 'react';
import type { LiveSession } from './live';
import { onScreen } from './shown';
import type { Session } from './types';
import { useContributing } from './useContributing';
import { useLeading } from './useLeading';
import { useReady } from './useReady';
import { useReveal } from './useReveal';
import { useAgain, useClosing, useWritten } from './useSession';
import { useStepNews } from './useStepNews';
import type { Writing } from './useWriting';

/** What every screen of a session does, while it may show anything: what was written, and what one can do. */
export function useSitting(session: Session, live: LiveSession, writing: Writing) {
  const { open } = live;
  const again = useAgain(session.id);
  const written = useWritten(session);
  const { forgetAbout } = writing;
  const onClosed = useCallback((ns: readonly number[]) => forgetAbout(ns), [forgetAbout]);
  useClosing(session.id, open, onClosed);
  const all = written.data?.items;
  const items = useMemo(() => onScreen(all ?? [], open), [all, open]);
  const appearing = useReveal(session);
  useStepNews(session);
  return {
    again,
    items,
    appearing,
    contributing: useContributing(session, writing, again),
    ready: useReady(session.id, session.step, again),
    leading: useLeading(session.id, session.step, again),
  };
}

export type Sitting = ReturnType<typeof useSitting>;
