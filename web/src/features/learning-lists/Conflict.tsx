import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Message } from '../../ui/Message';
import { Beside } from './Beside';
import type { ListDraft, ListKind } from './draft';

interface ConflictProps {
  kind: ListKind;
  mine: ListDraft;
  theirs: ListDraft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Someone published first: theirs beside mine, and nothing is thrown away. */
export function Conflict({ kind, mine, theirs, onKeepMine, onTakeTheirs }: ConflictProps) {
  const { t } = useTranslation('learningLists');
  return (
    <Message type="warning">
      <Paragraph>{t('conflict.explain')}</Paragraph>
      <Beside
        kind={kind}
        left={{ name: t('conflict.mine'), draft: mine }}
        right={{ name: t('conflict.theirs'), draft: theirs }}
      />
      <div className="vs-actions">
        <Button appearance="secondary-action-button" onClick={onKeepMine}>
          {t('conflict.keepMine')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </Message>
  );
}
