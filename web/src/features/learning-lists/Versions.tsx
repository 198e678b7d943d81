import { Button, Heading2, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListVersion } from '../../api/types';
import { useDates } from '../../time/useDates';
import { Beside } from './Beside';
import { draftOf, type ListKind } from './draft';

interface VersionsProps {
  kind: ListKind;
  versions: readonly ListVersion[];
  /** Puts an older version ready to be published anew. */
  onPutBack: (version: ListVersion) => void;
}

function useVersionName() {
  const { t } = useTranslation('learningLists');
  return ({ version }: ListVersion) =>
    version === 0 ? t('versions.builtIn') : t('versions.name', { version });
}

/** Every version there ever was, each beside the one that applies. */
export function Versions({ kind, versions, onPutBack }: VersionsProps) {
  const { t } = useTranslation('learningLists');
  const { moment } = useDates();
  const nameOf = useVersionName();
  const [chosen, setChosen] = useState<number | null>(null);
  const [newest, ...older] = versions;
  if (!newest) return null;
  return (
    <section className="vs-section">
      <Heading2>{t('versions.title')}</Heading2>
      <Paragraph>
        {t('versions.applies', { name: nameOf(newest) })}
        {newest.publishedAt && ` ${t('versions.since', { moment: moment(newest.publishedAt) })}`}
      </Paragraph>
      <ul className="vs-versions">
        {older.map((version) => {
          const open = chosen === version.version;
          return (
            <li key={version.version}>
              <div className="vs-versions__line">
                <span>
                  {nameOf(version)}
                  {version.publishedAt && <span className="vs-subtle"> {moment(version.publishedAt)}</span>}
                </span>
                <Button
                  appearance="subtle-button"
                  aria-expanded={open}
                  onClick={() => setChosen(open ? null : version.version)}
                >
                  {t(open ? 'versions.close' : 'versions.compare')}
                  <span className="vs-visually-hidden">{t('entry.about', { name: nameOf(version) })}</span>
                </Button>
              </div>
              {open && (
                <>
                  <Beside
                    kind={kind}
                    left={{ name: nameOf(version), draft: draftOf(version) }}
                    right={{ name: t('versions.now'), draft: draftOf(newest) }}
                  />
                  <div className="vs-actions">
                    <Button appearance="secondary-action-button" onClick={() => onPutBack(version)}>
                      {t('versions.putBack')}
                    </Button>
                  </div>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
