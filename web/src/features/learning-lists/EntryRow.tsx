import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { OneOf } from '../../ui/OneOf';
import type { DraftEntry, ListKind } from './draft';
import { LabelFields } from './LabelFields';

interface EntryRowProps {
  kind: ListKind;
  entry: DraftEntry;
  index: number;
  last: boolean;
  fault: (field: string) => string | undefined;
  onChange: (entry: DraftEntry) => void;
  onMove: (by: -1 | 1) => void;
  onTakeOut: () => void;
}

/** The id of a button of an entry: focus goes there after it moved. */
export const moveButton = (key: string, by: -1 | 1) => `${key}-${by === 1 ? 'down' : 'up'}`;
export const entryId = (key: string) => `${key}-entry`;

/** One entry of a list: its names, its place, and out with it. */
export function EntryRow(props: EntryRowProps) {
  const { t } = useTranslation('learningLists');
  const { kind, entry, index, last, fault, onChange, onMove, onTakeOut } = props;
  const name = entry.nl.trim() || t('entry.unnamed');
  const about = <span className="vs-visually-hidden">{t('entry.about', { name })}</span>;
  return (
    <li className={`vs-entry vs-entry--${kind}`} id={entryId(entry.key)} tabIndex={-1} aria-label={name}>
      {kind === 'moments' && (
        <p className="vs-entry__key">
          <span className="vs-visually-hidden">{t('entry.key')}</span>
          <kbd>{index + 1}</kbd>
        </p>
      )}
      <div className="vs-entry__fields">
        {kind === 'form' && (
          <OneOf
            legend={t('entry.asks')}
            name={`${entry.key}-kind`}
            options={[
              ['question', t('entry.kinds.question')],
              ['behaviour', t('entry.kinds.behaviour')],
            ]}
            value={entry.kind}
            missing={false}
            onChange={(value) =>
              onChange({ ...entry, kind: value === 'behaviour' ? 'behaviour' : 'question' })
            }
          />
        )}
        <LabelFields
          name={t(kind === 'form' ? `entry.text.${entry.kind ?? 'question'}` : 'entry.name')}
          field={`entries[${index}].label`}
          value={entry}
          fault={fault}
          long={kind === 'form'}
          onChange={(label) => onChange({ ...entry, ...label })}
        />
      </div>
      <div className="vs-entry__actions">
        <Button
          id={moveButton(entry.key, -1)}
          appearance="subtle-button"
          disabled={index === 0}
          onClick={() => onMove(-1)}
        >
          {t('entry.up')}
          {about}
        </Button>
        <Button
          id={moveButton(entry.key, 1)}
          appearance="subtle-button"
          disabled={last}
          onClick={() => onMove(1)}
        >
          {t('entry.down')}
          {about}
        </Button>
        <Button appearance="subtle-button" onClick={onTakeOut}>
          {t('entry.takeOut')}
          {about}
        </Button>
      </div>
    </li>
  );
}
