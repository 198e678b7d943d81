import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { RegisterFilters } from '../../features/register/RegisterFilters';
import { RegisterLine } from '../../features/register/RegisterLine';
import { csvAddress, filtersOf, useRegister } from '../../features/register/useRegister';
import { WaitingClosings } from '../../features/register/WaitingClosings';
import { ErrorMessage } from '../../ui/Message';
import { More } from '../../ui/More';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

export function RegisterPage() {
  const { t } = useTranslation('register');
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const query = useRegister(filters);
  const { data, error, isPending, refetch } = query;
  const records = data?.pages.flatMap(({ items }) => items) ?? [];
  const some = Object.keys(filters).length > 0;
  return (
    <Page title={t('title')} lead={t('lead')}>
      <WaitingClosings />
      <RegisterFilters filters={filters} onFilter={(chosen) => setSearch(new URLSearchParams(chosen))} />
      {isPending && <Placeholder size="page" />}
      {error && <ErrorMessage error={error} withFaults again={refetch} />}
      {data && records.length === 0 && <Paragraph>{t(some ? 'nothing' : 'empty')}</Paragraph>}
      {records.length > 0 && (
        <ul className="vs-register">
          {records.map((record) => (
            <RegisterLine key={record.id} record={record} />
          ))}
        </ul>
      )}
      <div className="vs-actions">
        <More query={query}>{t('more')}</More>
        {records.length > 0 && (
          <a className="utrecht-link" href={csvAddress(filters)} download>
            {t('csv')}
          </a>
        )}
      </div>
    </Page>
  );
}
