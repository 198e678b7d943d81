import { useTranslation } from 'react-i18next';
import { Asked } from '../../ui/Asked';
import type { ListDraft } from './draft';
import { ListEditor } from './ListEditor';
import { STANDARD, useVersions } from './useLists';

function Keys({ draft }: { draft: ListDraft }) {
  const { t, i18n } = useTranslation('learningLists');
  const english = i18n.language === 'en';
  return (
    <ul className="vs-list-keys" aria-label={t('moments.title')}>
      {draft.entries.map(({ key, nl, en }, i) => (
        <li key={key}>
          <kbd>{i + 1}</kbd> {(english && en) || nl}
        </li>
      ))}
    </ul>
  );
}

function Chips({ draft }: { draft: ListDraft }) {
  const { t, i18n } = useTranslation('learningLists');
  const english = i18n.language === 'en';
  return (
    <ul className="vs-list-keys" aria-label={t('codes.title')}>
      {draft.entries.map(({ key, nl, en }) => (
        <li key={key}>{(english && en) || nl}</li>
      ))}
    </ul>
  );
}

function Standard({ kind }: { kind: 'moments' | 'codes' }) {
  const query = useVersions(kind, STANDARD);
  const Preview = kind === 'moments' ? Keys : Chips;
  return (
    <Asked query={query}>
      {({ items }) => (
        <ListEditor
          kind={kind}
          code={STANDARD}
          versions={items}
          publishAs={() => STANDARD}
          preview={(draft) => <Preview draft={draft} />}
        />
      )}
    </Asked>
  );
}

/** The moments a klantmanager marks with one key. */
export const Moments = () => <Standard kind="moments" />;

/** What a note can be about. */
export const Codes = () => <Standard kind="codes" />;
