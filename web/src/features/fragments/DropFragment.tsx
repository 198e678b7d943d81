import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Fragment } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
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
  const { t } = useTranslation('fragments');
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
    <AskFirst
      title={t('drop.title')}
      yes={t('drop.confirm')}
      danger
      busy={saving}
      error={error}
      onYes={() => void save(drop, dropped)}
      onClose={onClose}
    >
      <FragmentText fragment={fragment} />
      <Paragraph>{t('drop.explain')}</Paragraph>
    </AskFirst>
  );
}
