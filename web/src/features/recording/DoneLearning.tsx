import { Button } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { EraseDialog } from './EraseDialog';

interface DoneLearningProps {
  recording: Recording;
  /** As the answer to "Nog nodig?". */
  asked?: boolean;
  /** Beside the film itself: in plain words what it does. */
  plain?: boolean;
  onErased: () => void;
}

/** "Klaar met leren": the film goes at once, one step away. */
export function DoneLearning({ recording, asked = false, plain = false, onErased }: DoneLearningProps) {
  const { t } = useTranslation('recording');
  const [open, setOpen] = useState(false);
  if (!recording.can.erase) return null;
  const ready = recording.state === 'ready';
  const label = asked ? 'time.erase' : ready && !plain ? 'erase.button' : 'erase.broken';
  return (
    <>
      <Button appearance={asked ? 'secondary-action-button' : 'subtle-button'} onClick={() => setOpen(true)}>
        {t(label)}
      </Button>
      {open && (
        <EraseDialog
          recordingId={recording.id}
          ready={ready}
          plain={plain}
          onErased={onErased}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
