import { Heading1 } from '@utrecht/component-library-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

export interface PageProps {
  /** The h1, and the title of the tab. */
  title: string;
  /** The title of the tab, where the h1 is in someone's own words: a browser keeps it on the device, in its history. */
  tab?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

let firstPage = true;

/**
 * One screen. When people come from another screen, focus goes to its heading,
 * so that a screen reader begins there; on the very first one the browser decides.
 */
export function Page({ title, tab = title, lead, actions, wide = false, children }: PageProps) {
  const { t } = useTranslation('app');
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    document.title = t('pageTitle', { title: tab });
  }, [t, tab]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a new screen
  useEffect(() => {
    if (!firstPage) {
      // From the top: else what comes later keeps the place where the screen before it stood.
      document.documentElement.scrollTop = 0;
      heading.current?.focus();
    }
    firstPage = false;
  }, [key]);
  return (
    <main id="main" className={wide ? 'vs-main vs-main--wide' : 'vs-main'} tabIndex={-1}>
      <div className="vs-page-head">
        <Heading1 ref={heading} tabIndex={-1}>
          {title}
        </Heading1>
        {actions && <div className="vs-page-actions">{actions}</div>}
      </div>
      {lead && <p className="utrecht-paragraph vs-lead">{lead}</p>}
      {children}
    </main>
  );
}
