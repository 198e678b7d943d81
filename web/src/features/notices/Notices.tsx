import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Notice } from '../../api/types';
import { useDates } from '../../time/useDates';
import { ErrorMessage } from '../../ui/Message';

function Line({ notice, onSeen }: { notice: Notice; onSeen: () => void }) {
  const { t } = useTranslation('register');
  const dates = useDates();
  const seen = api.useMutation('post', '/me/notices/{noticeId}/seen', { onSuccess: onSeen });
  return (
    <li className="vs-notice">
      <Paragraph>
        {t('notice.unmasked', {
          who: notice.by,
          day: dates.day(notice.at),
          reason: t(`notice.reason.${notice.reason}`),
        })}
      </Paragraph>
      {seen.error && <ErrorMessage error={seen.error} />}
      <Button
        appearance="secondary-action-button"
        disabled={seen.isPending}
        onClick={() => seen.mutate({ params: { path: { noticeId: notice.id } } })}
      >
        {t('notice.seen')}
      </Button>
    </li>
  );
}

/** What one is told, until one has read it: that somebody asked one's name. */
export function Notices() {
  const { t } = useTranslation('register');
  const { data, refetch } = api.useQuery('get', '/me/notices', {});
  if (!data || data.items.length === 0) return null;
  return (
    <section className="vs-section" aria-label={t('notice.title')}>
      <ul className="vs-notices">
        {data.items.map((notice) => (
          <Line key={notice.id} notice={notice} onSeen={() => void refetch()} />
        ))}
      </ul>
    </section>
  );
}
