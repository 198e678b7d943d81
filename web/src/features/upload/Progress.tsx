import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { formatBytes } from './bytes';
import type { Sending, SendingTask } from './task';

function TimeLeft({ seconds }: { seconds: number }) {
  const { t } = useTranslation('upload');
  if (seconds < 60) return <>{t('left.seconds')}</>;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return <>{t('left.minutes', { count: minutes })}</>;
  return <>{t('left.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}</>;
}

function Numbers({ sending }: { sending: Sending }) {
  const { t, i18n } = useTranslation('upload');
  const { sentBytes, totalBytes, bytesPerSecond, secondsLeft, state } = sending;
  const show = (bytes: number) => formatBytes(bytes, i18n.language);
  return (
    <p className="vs-progress__numbers">
      <span>{t('progress', { sent: show(sentBytes), total: show(totalBytes) })}</span>
      {state === 'sending' && bytesPerSecond !== undefined && (
        <span>{t('speed', { speed: show(bytesPerSecond) })}</span>
      )}
      {state === 'sending' && secondsLeft !== undefined && (
        <span>
          <TimeLeft seconds={secondsLeft} />
        </span>
      )}
    </p>
  );
}

interface ProgressProps {
  task: SendingTask;
  /** After a failure or a stop: back to choosing. */
  onEnded: () => void;
}

export function Progress({ task, onEnded }: ProgressProps) {
  const { t } = useTranslation('upload');
  const announce = useAnnounce();
  const sending = useSyncExternalStore(task.subscribe, task.snapshot);
  const { state, sentBytes, totalBytes, error } = sending;
  useEffect(() => announce(t(`state.${state}`)), [announce, state, t]);
  if (state === 'failed') {
    return (
      <ErrorMessage error={error} withFaults>
        <Button appearance="secondary-action-button" onClick={onEnded}>
          {t('again')}
        </Button>
      </ErrorMessage>
    );
  }
  const percent = totalBytes > 0 ? Math.floor((sentBytes / totalBytes) * 100) : 0;
  return (
    <div className={`vs-progress vs-progress--${state}`}>
      <p className="vs-progress__state">
        {t(`state.${state}`)}
        {(state === 'sending' || state === 'paused') && <span>{t('percent', { percent })}</span>}
      </p>
      <progress max={totalBytes} value={sentBytes} aria-label={t('progressLabel')} />
      <Numbers sending={sending} />
      {state === 'sending' && <Paragraph>{t('keepOpen')}</Paragraph>}
      <div className="vs-actions">
        {(state === 'sending' || state === 'waiting') && (
          <Button appearance="secondary-action-button" onClick={() => task.pause()}>
            {t('pause')}
          </Button>
        )}
        {state === 'paused' && (
          <Button appearance="primary-action-button" onClick={() => task.start()}>
            {t('resume')}
          </Button>
        )}
        {task.isUnderWay && (
          <Button appearance="subtle-button" onClick={() => void task.stop().then(onEnded)}>
            {t('stop')}
          </Button>
        )}
      </div>
    </div>
  );
}
