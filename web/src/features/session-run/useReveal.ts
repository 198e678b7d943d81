import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';
import { justRevealed } from './shown';
import type { Session } from './types';

/** The words come a moment after the news that they may be read; each then takes 0,7 s to appear. */
const APPEARS_MS = 2500;

/** Whether everything appears at this moment, all at once. It is said, too. */
export function useReveal(session: Session): boolean {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const before = useRef<Session>();
  const [appearing, setAppearing] = useState(false);
  useEffect(() => {
    const revealed = justRevealed(before.current, session);
    before.current = session;
    if (revealed.length === 0) return undefined;
    announce(t('reveal.said'));
    setAppearing(true);
    return undefined;
  }, [announce, session, t]);
  useEffect(() => {
    if (!appearing) return undefined;
    const timer = window.setTimeout(() => setAppearing(false), APPEARS_MS);
    return () => window.clearTimeout(timer);
  }, [appearing]);
  return appearing;
}
