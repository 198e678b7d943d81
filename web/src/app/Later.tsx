import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Code } from './code';
import { Page } from './Page';

/**
 * In the place of a screen that did not come. Some browsers keep a module that failed as failed for as long as the
 * page lives: only a page that is loaded anew asks again.
 */
function NotCome() {
  const { t } = useTranslation('app');
  return (
    <Page title={t('notCome.title')}>
      <Paragraph>{t('notCome.body')}</Paragraph>
      <Button appearance="primary-action-button" onClick={() => globalThis.location.reload()}>
        {t('notCome.again')}
      </Button>
    </Page>
  );
}

interface LaterProps<P extends object> {
  code: Code<P>;
  /** Of the screen. */
  props: P;
}

/**
 * A screen whose code may still be on its way. Until it is there the screen before it stays, since the router
 * changes screens in a transition; the very first one has the fallback of the frame.
 */
export function Later<P extends object>({ code, props }: LaterProps<P>) {
  useEffect(
    () => () => {
      code.failed = false; // who comes back to it asks again
    },
    [code],
  );
  const { Screen } = code;
  if (Screen) return <Screen {...props} />;
  if (!code.failed) throw code.come(); // what React's own lazy does, but for a preload and a second try
  return <NotCome />;
}
