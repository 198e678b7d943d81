import { useTranslation } from 'react-i18next';
import { type DraftEntry, type ListDraft, type ListKind, sameContent } from './draft';

interface BesideProps {
  kind: ListKind;
  left: { name: string; draft: ListDraft };
  right: { name: string; draft: ListDraft };
}

function useLines(kind: ListKind) {
  const { t, i18n } = useTranslation('learningLists');
  const both = ({ nl, en }: { nl: string; en: string }) => (en && en !== nl ? `${nl} / ${en}` : nl);
  const entry = (e: DraftEntry) =>
    kind === 'form' && e.kind ? `${t(`entry.kinds.${e.kind}`)}: ${both(e)}` : both(e);
  const lines = (draft: ListDraft): [code: string, text: string][] => [
    ...(kind === 'form'
      ? ([
          [' title', both(draft.title)],
          [' lead', both(draft.lead)],
          ...(draft.current ? [] : [[' away', t('form.away')]]),
        ] as [string, string][])
      : []),
    ...draft.entries.map((e, i): [string, string] => [e.code || e.key, `${i + 1}. ${entry(e)}`]),
  ];
  return { lines, language: i18n.language };
}

/** Two versions of a list beside each other; where they differ it is said, and not by colour alone. */
export function Beside({ kind, left, right }: BesideProps) {
  const { t } = useTranslation('learningLists');
  const { lines } = useLines(kind);
  const [ours, theirs] = [new Map(lines(left.draft)), new Map(lines(right.draft))];
  const codes = [...new Set([...theirs.keys(), ...ours.keys()])];
  if (sameContent(left.draft, right.draft)) return <p className="vs-subtle">{t('versions.same')}</p>;
  return (
    <table className="vs-versions-beside">
      <thead>
        <tr>
          <th scope="col">{left.name}</th>
          <th scope="col">{right.name}</th>
        </tr>
      </thead>
      <tbody>
        {codes.map((code) => {
          const [one, other] = [ours.get(code), theirs.get(code)];
          return (
            <tr key={code} data-differs={one !== other}>
              <td data-head={left.name}>
                {one || <span className="vs-subtle">{t('versions.absent')}</span>}
              </td>
              <td data-head={right.name}>
                {other || <span className="vs-subtle">{t('versions.absent')}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
