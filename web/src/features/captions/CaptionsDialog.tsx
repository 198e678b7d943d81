import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { ImportForm } from './ImportForm';
import { useLanguageName } from './languages';
import type { Captions } from './useCaptions';

/** The captions there are, each with the way to take it away. */
function Present({ captions }: { captions: Captions }) {
  const { t } = useTranslation('captions');
  const announce = useAnnounce();
  const name = useLanguageName();
  const [error, setError] = useState<unknown>(null);
  const remove = (language: string) =>
    captions.remove(language).then(
      () => {
        setError(null);
        announce(t('removed', { language: name(language) }));
      },
      (failure: unknown) => setError(failure),
    );
  return (
    <>
      <ul className="vs-caption-list" aria-label={t('present')}>
        {captions.tracks.map(({ language }) => (
          <li key={language}>
            {name(language)}
            <Button appearance="subtle-button" onClick={() => void remove(language)}>
              {t('remove')}
              <span className="vs-visually-hidden"> {name(language)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <ErrorMessage error={error} />}
    </>
  );
}

interface CaptionsDialogProps {
  captions: Captions;
  onClose: () => void;
}

/** What captions are, how to add them, and what becomes of the file. */
export function CaptionsDialog({ captions, onClose }: CaptionsDialogProps) {
  const { t } = useTranslation(['captions', 'app']);
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <Paragraph>{t('what')}</Paragraph>
      <Paragraph>{t('kept')}</Paragraph>
      {captions.tracks.length > 0 && <Present captions={captions} />}
      <ImportForm captions={captions} />
      <div className="vs-actions">
        <Button appearance="primary-action-button" onClick={onClose}>
          {t('app:close')}
        </Button>
      </div>
    </Dialog>
  );
}
