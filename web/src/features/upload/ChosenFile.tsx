import { Button, Paragraph, Textbox } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { toWall } from '../../time/wall';
import { Field } from '../../ui/Field';
import { Message } from '../../ui/Message';
import { formatBytes } from './bytes';
import type { Verdict } from './inspect';
import { chosenStart, guessStart } from './startedAt';
import type { Chosen } from './useChosenFile';

interface ChosenFileProps {
  chosen: Chosen;
  maxBytes: number;
  consentSince: Date;
  /** When filming began, as wall time; null until someone changed our guess. */
  wall: string | null;
  onWall: (wall: string) => void;
  onSend: (startedAt: Date) => void;
  onOther: () => void;
}

const cannotBeSent: readonly Verdict[] = ['not_a_film', 'too_large', 'empty'];
const tone: Readonly<Record<Verdict, 'ok' | 'info' | 'warning' | 'error'>> = {
  fine: 'ok',
  sound_only: 'info',
  not_here: 'warning',
  nowhere: 'warning',
  not_a_film: 'error',
  too_large: 'error',
  empty: 'error',
};

function FileLine({ chosen }: { chosen: Chosen }) {
  const { i18n } = useTranslation('upload');
  const { file, inspection } = chosen;
  return (
    <p className="vs-file">
      <strong>{file.name}</strong>{' '}
      <span className="vs-subtle">
        {formatBytes(file.size, i18n.language)}
        {inspection.durationMs !== undefined && ` · ${formatTimecode(inspection.durationMs)}`}
      </span>
    </p>
  );
}

/** What we found about the chosen file, and the last question before it goes. */
export function ChosenFile({
  chosen,
  maxBytes,
  consentSince,
  wall: typed,
  onWall,
  onSend,
  onOther,
}: ChosenFileProps) {
  const { t, i18n } = useTranslation('upload');
  const { verdict, durationMs } = chosen.inspection;
  const wall = typed ?? toWall(guessStart(chosen.file.lastModified, durationMs, consentSince));
  const [checked, setChecked] = useState(false);
  const startedAt = chosenStart(wall, consentSince);
  const sendable = !cannotBeSent.includes(verdict);
  const early = startedAt !== null && startedAt < consentSince;
  const fault = startedAt === null ? t('startedAt.missing') : early ? t('startedAt.early') : undefined;
  const send = () => {
    setChecked(true);
    if (startedAt && !early) onSend(startedAt);
  };
  return (
    <div className="vs-chosen">
      <FileLine chosen={chosen} />
      <Message type={tone[verdict]}>
        <Paragraph>{t(`verdict.${verdict}`, { size: formatBytes(maxBytes, i18n.language) })}</Paragraph>
      </Message>
      {sendable && (
        <Field label={t('startedAt.label')} hint={t('startedAt.hint')} error={checked ? fault : undefined}>
          {(control) => (
            <Textbox
              {...control}
              type="datetime-local"
              value={wall}
              onChange={(event) => onWall(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="vs-actions">
        {sendable && (
          <Button appearance="primary-action-button" onClick={send}>
            {t(tone[verdict] === 'warning' ? 'sendAnyway' : 'send')}
          </Button>
        )}
        <Button appearance="secondary-action-button" onClick={onOther}>
          {t('otherFile')}
        </Button>
      </div>
    </div>
  );
}
