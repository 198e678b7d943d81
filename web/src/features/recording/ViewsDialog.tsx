import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { formatTimecode } from '../../time/timecode';
import { useDates } from '../../time/useDates';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';

/** A plain list: who, when, for what, which part. */
export function ViewsDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }) {
  const { t } = useTranslation(['recording', 'app']);
  const dates = useDates();
  const { data, error, isPending } = api.useQuery('get', '/recordings/{recordingId}/views', {
    params: { path: { recordingId } },
  });
  return (
    <Dialog title={t('views.title')} onClose={onClose}>
      {isPending && <Placeholder size="card" />}
      {error && <ErrorMessage error={error} />}
      {data?.items.length === 0 && <Paragraph>{t('views.none')}</Paragraph>}
      <ul className="vs-views">
        {data?.items.map((view) => (
          <li key={`${view.who} ${view.at} ${view.purpose} ${view.fromMs}`}>
            <strong>{view.who}</strong>
            <span>{dates.moment(view.at)}</span>
            <span className="vs-subtle">
              {t(`views.purpose.${view.purpose}`)}
              {view.fromMs !== undefined &&
                view.toMs !== undefined &&
                ` · ${t('views.part', { from: formatTimecode(view.fromMs), to: formatTimecode(view.toMs) })}`}
            </span>
          </li>
        ))}
      </ul>
      <div className="vs-actions">
        <Button appearance="primary-action-button" onClick={onClose}>
          {t('app:close')}
        </Button>
      </div>
    </Dialog>
  );
}
