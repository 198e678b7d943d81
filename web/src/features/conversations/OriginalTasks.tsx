import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Original } from '../../api/types';
import { useDates } from '../../time/useDates';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';

const TOOLS = ['phone', 'camera', 'teams', 'computer'] as const;

function HowTo() {
  const { t } = useTranslation('conversations');
  return (
    <details className="vs-links">
      <summary>{t('original.how')}</summary>
      <dl>
        {TOOLS.map((tool) => (
          <div key={tool}>
            <dt>
              <strong>{t(`original.tools.${tool}.title`)}</strong>
            </dt>
            <dd>{t(`original.tools.${tool}.body`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function OriginalTask({ original }: { original: Original }) {
  const { t } = useTranslation('conversations');
  const dates = useDates();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const done = api.useMutation('post', '/recordings/{recordingId}/original', {
    onSuccess: async () => {
      announce(t('original.kept'));
      await queryClient.invalidateQueries({ queryKey: ['get', '/originals'] });
      moveFocusTo('main');
    },
  });
  return (
    <li className="vs-card">
      <div className="vs-card__text">
        <p>{t('original.added', { moment: dates.moment(original.addedAt) })}</p>
        {done.error && <ErrorMessage error={done.error} />}
        <HowTo />
        <div className="vs-actions">
          <Button
            appearance="secondary-action-button"
            disabled={done.isPending}
            onClick={() =>
              done.mutate({
                params: { path: { recordingId: original.recordingId } },
                body: { erased: true },
              })
            }
          >
            {t('original.done')}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** "Wis het origineel": what is still to be erased where a film first stood, also when the film itself is gone. */
export function OriginalTasks() {
  const { t } = useTranslation('conversations');
  const { data } = api.useQuery('get', '/originals', {});
  if (!data || data.items.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('original.title')}</h2>
      <Paragraph>{t('original.why')}</Paragraph>
      <ul className="vs-cards">
        {data.items.map((original) => (
          <OriginalTask key={original.recordingId} original={original} />
        ))}
      </ul>
    </section>
  );
}
