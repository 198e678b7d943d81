import { Paragraph } from '@utrecht/component-library-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { HitCard } from './HitCard';
import { useSearch } from './useSearch';

/** What was found, what to do when nothing was, and how to go on when it did not work. */
export function SearchResults({ query }: { query: string }) {
  const { t } = useTranslation('search');
  const announce = useAnnounce();
  const { data, error, isPending, refetch } = useSearch(query);
  const found = data && data.items.length > 0;
  useEffect(() => {
    if (data) announce(t(found ? 'found' : 'nothing'));
  }, [announce, data, found, t]);
  if (error) {
    return <ErrorMessage error={error} withFaults again={refetch} />;
  }
  if (isPending) return <Placeholder size="card" />;
  if (!found) {
    return (
      <>
        <Paragraph>{t('nothing')}</Paragraph>
        <Paragraph className="vs-subtle">{t('nothingHow')}</Paragraph>
      </>
    );
  }
  return (
    <>
      <ol className="vs-cards" aria-label={t('results')}>
        {data.items.map((hit) => (
          <HitCard key={`${hit.id} ${hit.startMs} ${hit.heading?.nl}`} hit={hit} />
        ))}
      </ol>
      {data.more && <Paragraph className="vs-subtle">{t('more')}</Paragraph>}
    </>
  );
}
