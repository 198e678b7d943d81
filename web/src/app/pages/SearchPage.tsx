import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../features/events/live';
import { SearchForm } from '../../features/search/SearchForm';
import { SearchResults } from '../../features/search/SearchResults';
import { Message } from '../../ui/Message';
import { Page } from '../Page';

/** Looking for words in one's own notes, over every recording one may look at now. */
export function SearchPage() {
  const { t } = useTranslation('search');
  const [query, setQuery] = useState('');
  // What the server may have closed meanwhile is not left on the screen (trust.md 1).
  const silent = useLive() === 'silent';
  return (
    <Page title={t('title')} lead={t('lead')}>
      <SearchForm onSearch={setQuery} />
      <section className="vs-section" aria-label={t('results')}>
        {silent && query !== '' && <Message type="warning">{t('silent')}</Message>}
        {!silent && query !== '' && <SearchResults key={query} query={query} />}
      </section>
    </Page>
  );
}
