import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Fragment } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { FragmentText } from './FragmentText';
import { FRAGMENTS_TITLE } from './fragmentsTitle';
import type { Fragments } from './useFragments';

interface DropFragmentProps {
  fragment: Fragment;
  fragments: Fragments;
  onClose: () => void;
}

export function DropFragment({ fragment, fragments, onClose }: DropFragmentProps) {
  const { t } = useTranslation(['fragments', 'app']);
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const drop = async () => {
    try {
      await fragments.remove(fragment);
    } catch (failure) {
      // Changed meanwhile: show what it says now before it goes.
      if (toApiError(failure).status === 412) await fragments.refresh();
      throw failure;
    }
  };
  const dropped = () => {
    announce(t('drop.done'));
    onClose();
    moveFocusTo(FRAGMENTS_TITLE);
  };
  return (
    <Dialog title={t('drop.title')} onClose={onClose}>
      <FragmentText fragment={fragment} />
      <Paragraph>{t('drop.explain')}</Paragraph>
      {error !== null && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          hint="danger"
          disabled={saving}
          onClick={() => void save(drop, dropped)}
        >
          {t('drop.confirm')}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </Dialog>
  );
}
