import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fragment } from '../../api/types';
import { DropFragment } from './DropFragment';
import { FragmentText } from './FragmentText';
import type { Fragments } from './useFragments';

interface FragmentItemProps {
  fragment: Fragment;
  fragments: Fragments;
  onPlay: (startMs: number, endMs: number) => void;
  onEdit: (fragment: Fragment) => void;
}

export function FragmentItem({ fragment, fragments, onPlay, onEdit }: FragmentItemProps) {
  const { t } = useTranslation('fragments');
  const [dropping, setDropping] = useState(false);
  const of = <span className="vs-visually-hidden">{t('of', { title: fragment.title })}</span>;
  return (
    <li className="vs-note vs-fragment">
      <FragmentText fragment={fragment} />
      <div className="vs-note__actions">
        <Button appearance="secondary-action-button" onClick={() => onPlay(fragment.startMs, fragment.endMs)}>
          {t('play')}
          {of}
        </Button>
        <Button appearance="subtle-button" onClick={() => onEdit(fragment)}>
          {t('edit')}
          {of}
        </Button>
        <Button appearance="subtle-button" onClick={() => setDropping(true)}>
          {t('drop.button')}
          {of}
        </Button>
      </div>
      {dropping && (
        <DropFragment fragment={fragment} fragments={fragments} onClose={() => setDropping(false)} />
      )}
    </li>
  );
}
