import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaptionsDialog } from './CaptionsDialog';
import { useCaptions } from './useCaptions';

/** The way to the captions of a recording of one's own. */
export function EditCaptions({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation('captions');
  const captions = useCaptions(recordingId);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        appearance="subtle-button"
        aria-label={t(captions.tracks.length > 0 ? 'change' : 'begin')}
        onClick={() => setOpen(true)}
      >
        {t('title')}
      </Button>
      {open && <CaptionsDialog captions={captions} onClose={() => setOpen(false)} />}
    </>
  );
}
