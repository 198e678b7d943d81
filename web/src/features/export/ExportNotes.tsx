import { Button, Paragraph } from '@utrecht/component-library-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { useSaving } from '../../ui/useSaving';
import { type Format, formats, saveExport } from './saveExport';

interface ExportNotesProps {
  recordingId: string;
}

function ExportDialog({ recordingId, onClose }: ExportNotesProps & { onClose: () => void }) {
  const { t } = useTranslation('export');
  const announce = useAnnounce();
  const id = useId();
  const [format, setFormat] = useState<Format>('csv');
  const { saving, error, save } = useSaving();
  const done = () => {
    announce(t('done'));
    onClose();
  };
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <Paragraph>{t('what')}</Paragraph>
      <Paragraph>{t('yours')}</Paragraph>
      <Paragraph>{t('logged')}</Paragraph>
      <OneOf
        legend={t('format')}
        name={id}
        options={formats.map((one) => [one, t(`formats.${one}`)] as const)}
        value={format}
        missing={false}
        onChange={(one) => setFormat(one as Format)}
      />
      {error !== null && <ErrorMessage error={error} />}
      <DialogButtons
        yes={t('save')}
        busy={saving}
        onYes={() => void save(() => saveExport(recordingId, format), done)}
        onClose={onClose}
      />
    </Dialog>
  );
}

/** One quiet button at the foot of the notes. */
export function ExportNotes({ recordingId }: ExportNotesProps) {
  const { t } = useTranslation('export');
  const [open, setOpen] = useState(false);
  return (
    <div className="vs-export">
      <Button appearance="subtle-button" onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      {open && <ExportDialog recordingId={recordingId} onClose={() => setOpen(false)} />}
    </div>
  );
}
