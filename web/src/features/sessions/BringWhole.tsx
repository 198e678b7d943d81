import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Message } from '../../ui/Message';
import type { Bringing } from './useBringing';

interface BringWholeProps extends Bringing {
  recordingId: string;
  /** Without it the whole film is all that can be shown, and that is said with its reason. */
  cuts: boolean;
}

/** The whole film: a deliberate second choice, with a tick of its own. */
export function BringWhole({ recordingId, cuts, bring, isPending }: BringWholeProps) {
  const { t } = useTranslation('sessions');
  const [sure, setSure] = useState(false);
  const body = (
    <>
      {cuts ? <p>{t('bring.wholeExplain')}</p> : <Message type="info">{t('bring.wholeNoCuts')}</Message>}
      <label className="vs-check">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        {t('bring.wholeTick')}
      </label>
      <div className="vs-actions">
        <Button
          appearance="secondary-action-button"
          disabled={!sure || isPending}
          onClick={() => {
            setSure(false);
            bring({ recordingId, whole: true }, t('bring.wholeTitle'));
          }}
        >
          {t('bring.wholeButton')}
        </Button>
      </div>
    </>
  );
  if (!cuts) return body;
  return (
    <details className="vs-links">
      <summary>{t('bring.wholeSummary')}</summary>
      {body}
    </details>
  );
}
