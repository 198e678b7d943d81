import { Button } from '@utrecht/component-library-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';
import type { KeptLookBack } from './useLookBack';

function Begin({ keep }: Pick<KeptLookBack, 'keep'>) {
  const { t } = useTranslation('lookBack');
  return (
    <>
      <p className="vs-prompt__question">{t('prompt.begin')}</p>
      <div className="vs-prompt__ways">
        {(['touched', 'well'] as const).map((begin) => (
          <Button
            key={begin}
            appearance="secondary-action-button"
            onClick={() => keep({ begin, phase: 'recall' })}
          >
            {t(`prompt.${begin}`)}
          </Button>
        ))}
        <Button appearance="subtle-button" onClick={() => keep({ phase: 'recall' })}>
          {t('tenMinutes.skip')}
        </Button>
      </div>
    </>
  );
}

/**
 * Keeps recall apart from reflection: first what it was like, and what could be otherwise when the viewer says so.
 * The viewer chooses what to begin with, and may change that.
 */
export function PromptBar({ lookBack, keep }: Pick<KeptLookBack, 'lookBack' | 'keep'>) {
  const { t } = useTranslation('lookBack');
  const announce = useAnnounce();
  const phase = lookBack?.phase;
  const shown = useRef(phase);
  const question = phase && t(`prompt.${phase}`);
  useEffect(() => {
    // What was there when the screen opened is read where it stands.
    if (question && shown.current !== phase && lookBack) announce(question);
    if (lookBack) shown.current = phase;
  }, [announce, lookBack, phase, question]);
  if (!lookBack) return <div className="vs-prompt" />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons around a question, no form
    <div className="vs-prompt" role="group" aria-label={t('prompt.label')}>
      {phase ? (
        <>
          <p className="vs-prompt__question">{question}</p>
          <div className="vs-prompt__ways">
            {phase === 'recall' ? (
              <Button appearance="subtle-button" onClick={() => keep({ phase: 'reflection' })}>
                {t('prompt.toReflection')}
              </Button>
            ) : (
              <Button appearance="subtle-button" onClick={() => keep({ phase: 'recall' })}>
                {t('prompt.toRecall')}
              </Button>
            )}
            <Button appearance="subtle-button" onClick={() => keep({ begin: null, phase: null })}>
              {t('prompt.other')}
            </Button>
          </div>
        </>
      ) : (
        <Begin keep={keep} />
      )}
    </div>
  );
}
