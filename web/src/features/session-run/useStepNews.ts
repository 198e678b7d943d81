import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { keepFocusInSight } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { askedOf } from './steps';
import type { Session } from './types';
import { useText } from './words';

/** Says the new step and what it asks, for who does not see the screen change. */
export function useStepNews(session: Session): void {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const text = useText();
  const last = useRef(session.step);
  useEffect(() => {
    if (last.current === session.step) return;
    last.current = session.step;
    const step = session.protocol.steps[session.step];
    if (!step) return;
    announce(`${t('lead.nowStep', { step: text(step.name) })}. ${askedOf(session).map(text).join(' ')}`);
    keepFocusInSight();
  }, [announce, session, t, text]);
}
