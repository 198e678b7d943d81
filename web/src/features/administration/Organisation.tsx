import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { OrganisationContact, OrganisationPage } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { Message } from '../../ui/Message';

const contactLine = (contact: OrganisationContact | undefined): string =>
  [contact?.name, contact?.telephone, contact?.email].filter(Boolean).join(', ');

function Read({ page }: { page: OrganisationPage }) {
  const { t, i18n } = useTranslation('administration');
  const lacks = page.lacks.map((name) => t(`organisation.${name}`).toLowerCase());
  const rows = [
    ['name', page.name],
    ['controller', page.controller],
    ['address', page.address.join(', ')],
    ['telephone', page.telephone],
    ['privacyContact', contactLine(page.privacyContact)],
    ['independentHelp', contactLine(page.independentHelp)],
    ['basis', page.basis],
    ['hash', page.hash],
  ] as const;
  return (
    <>
      {lacks.length > 0 ? (
        <Message type="warning">
          {t('organisation.lacks', { names: new Intl.ListFormat(i18n.language).format(lacks) })}
        </Message>
      ) : (
        <Message type="ok">{t('organisation.whole')}</Message>
      )}
      <dl className="vs-facts">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{t(`organisation.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  );
}

/** What the citizen's pages say of the municipality, and what they cannot. */
export function Organisation() {
  const { t } = useTranslation('administration');
  const query = api.useQuery('get', '/administration/organisation');
  return (
    <>
      <Paragraph>{t('organisation.how')}</Paragraph>
      <Asked query={query}>{(page) => <Read page={page} />}</Asked>
    </>
  );
}
