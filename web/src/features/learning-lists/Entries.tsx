import { Button, Heading2, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { type DraftEntry, type ListDraft, type ListKind, limits, moved, newEntry } from './draft';
import { EntryRow, entryId, moveButton } from './EntryRow';

const ENTRIES_TITLE = 'entries-title';

interface EntriesProps {
  kind: ListKind;
  draft: ListDraft;
  /** What was on the list once and is not in the draft. */
  takenOut: readonly DraftEntry[];
  fault: (field: string) => string | undefined;
  onChange: (entries: readonly DraftEntry[]) => void;
}

function useEntries({ kind, draft, onChange }: Pick<EntriesProps, 'kind' | 'draft' | 'onChange'>) {
  const { t } = useTranslation('learningLists');
  const announce = useAnnounce();
  const { entries } = draft;
  const nameOf = (entry: DraftEntry) => entry.nl.trim() || t('entry.unnamed');
  const move = (index: number, by: -1 | 1) => {
    const entry = entries[index];
    if (!entry) return;
    onChange(moved(entries, index, by));
    const place = index + by;
    // At an end that button no longer works: then its neighbour has the focus.
    const stuck = place === 0 || place === entries.length - 1;
    moveFocusTo(moveButton(entry.key, stuck ? (by === 1 ? -1 : 1) : by));
    announce(t('entry.moved', { name: nameOf(entry), place: place + 1 }));
  };
  const takeOut = (entry: DraftEntry) => {
    onChange(entries.filter(({ key }) => key !== entry.key));
    moveFocusTo(ENTRIES_TITLE);
    announce(t('entry.takenOut', { name: nameOf(entry) }));
  };
  const add = (entry: DraftEntry = newEntry(kind)) => {
    onChange([...entries, entry]);
    moveFocusTo(entryId(entry.key));
  };
  return { move, takeOut, add };
}

/** The entries of a list in their order, and what can come back on it. */
export function Entries({ kind, draft, takenOut, fault, onChange }: EntriesProps) {
  const { t } = useTranslation('learningLists');
  const { move, takeOut, add } = useEntries({ kind, draft, onChange });
  const full = draft.entries.length >= limits.entries[kind];
  return (
    <section className="vs-section">
      <Heading2 id={ENTRIES_TITLE} tabIndex={-1}>
        {t(`${kind}.entries`)}
      </Heading2>
      {draft.entries.length === 0 && <Paragraph>{t('empty')}</Paragraph>}
      <ol className="vs-entries">
        {draft.entries.map((entry, index) => (
          <EntryRow
            key={entry.key}
            kind={kind}
            entry={entry}
            index={index}
            last={index === draft.entries.length - 1}
            fault={fault}
            onChange={(changed) => onChange(draft.entries.map((old) => (old === entry ? changed : old)))}
            onMove={(by) => move(index, by)}
            onTakeOut={() => takeOut(entry)}
          />
        ))}
      </ol>
      {full ? (
        <Paragraph className="vs-subtle">{t(`${kind}.full`)}</Paragraph>
      ) : (
        <div className="vs-actions">
          <Button appearance="secondary-action-button" onClick={() => add()}>
            {t(`${kind}.add`)}
          </Button>
        </div>
      )}
      {takenOut.length > 0 && !full && (
        <>
          <h3 className="utrecht-heading-3">{t('entry.earlier')}</h3>
          <Paragraph className="vs-subtle">{t(`${kind}.earlierHow`)}</Paragraph>
          <ul className="vs-earlier">
            {takenOut.map((entry) => (
              <li key={entry.code}>
                {entry.nl}
                <Button appearance="subtle-button" onClick={() => add(entry)}>
                  {t('entry.putBack')}
                  <span className="vs-visually-hidden">{t('entry.about', { name: entry.nl })}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
