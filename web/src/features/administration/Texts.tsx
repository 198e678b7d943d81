import { Heading2, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { TextLanguage } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { Message } from '../../ui/Message';
import { Compare } from './Compare';
import { Listed } from './Listed';

/** Where a municipality's own version of the consent text goes. */
const OWN_VERSION = 'nl/consent/v1001.yaml';

function useNameOf() {
  const { t } = useTranslation('administration');
  return ({ name, authoritative }: TextLanguage) =>
    authoritative ? t('texts.authoritative', { name }) : name;
}

function Reviewers({ languages }: { languages: readonly TextLanguage[] }) {
  const { t, i18n } = useTranslation('administration');
  const nameOf = useNameOf();
  const lacking = languages.filter(({ reviewedBy }) => reviewedBy === '').map(({ name }) => name);
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(lacking);
  return (
    <section className="vs-section">
      <Heading2>{t('texts.languages')}</Heading2>
      {lacking.length > 0 ? (
        <Message type="warning">
          <Paragraph>{t('texts.lacking', { names })}</Paragraph>
          <Paragraph>{t('texts.reviewHow')}</Paragraph>
        </Message>
      ) : (
        <Message type="ok">{t('texts.allReviewed')}</Message>
      )}
      <Listed
        label={t('texts.languages')}
        head={[t('texts.language'), t('texts.reviewer')]}
        rows={languages.map((language) => ({
          key: language.tag,
          cells: [
            <span key="name" lang={language.tag} dir={language.direction}>
              {nameOf(language)}
            </span>,
            language.reviewedBy || t('texts.unreviewed'),
          ],
        }))}
      />
    </section>
  );
}

function Versions({ languages }: { languages: readonly TextLanguage[] }) {
  const { t } = useTranslation('administration');
  return (
    <section className="vs-section">
      <Heading2>{t('texts.versions')}</Heading2>
      <Listed
        label={t('texts.versions')}
        head={[t('texts.version'), t('texts.from'), t('texts.sound'), t('texts.hash')]}
        rows={languages.flatMap(({ tag, name, versions }) =>
          versions.map(({ version, hash, own, current, sound }) => ({
            key: `${tag} ${version}`,
            cells: [
              `${name}, ${version} (${t(current ? 'texts.current' : 'texts.earlier')})`,
              t(own ? 'texts.own' : 'texts.program'),
              t(sound ? 'texts.heard' : 'texts.unheard'),
              <code key="hash">{hash}</code>,
            ],
          })),
        )}
      />
    </section>
  );
}

/** The texts of the citizen's pages: who reviewed them, which versions there are, and each beside the Dutch. */
export function Texts() {
  const { t } = useTranslation('administration');
  const query = api.useQuery('get', '/administration/texts');
  return (
    <>
      <Paragraph>{t('texts.how', { example: OWN_VERSION })}</Paragraph>
      <Asked query={query}>
        {({ languages }) => (
          <>
            <Reviewers languages={languages} />
            <Versions languages={languages} />
            <Compare languages={languages} />
          </>
        )}
      </Asked>
    </>
  );
}
