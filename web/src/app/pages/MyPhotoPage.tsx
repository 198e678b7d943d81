import { Button, Paragraph } from '@utrecht/component-library-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_BASE, client } from '../../api/client';
import { ApiError, toApiError } from '../../api/problem';
import { shrink } from '../../features/photo/shrink';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { Page } from '../Page';

async function send(file: File): Promise<void> {
  const photo = await shrink(file).catch(() => {
    throw new ApiError(415, 'not_photo');
  });
  await client.PUT('/me/photo', {
    body: photo as unknown as string,
    bodySerializer: () => photo,
    headers: { 'Content-Type': 'image/jpeg' },
  });
}

/** "Mijn foto": shown beside one's name to who is asked, only if one wants it. */
export function MyPhotoPage() {
  const { t } = useTranslation('app');
  const announce = useAnnounce();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [version, setVersion] = useState(0); // another address: the browser asks again
  const [shown, setShown] = useState(true);
  const [error, setError] = useState<ApiError | null>(null);
  const change = async (what: Promise<unknown>, said: string) => {
    setError(null);
    try {
      await what;
      setShown(true);
      setVersion((before) => before + 1);
      announce(said);
    } catch (failure) {
      setError(toApiError(failure));
    }
  };
  return (
    <Page title={t('photo.title')} lead={t('photo.lead')}>
      {error && <ErrorMessage error={error} />}
      {shown ? (
        <img
          src={`${API_BASE}/me/photo?${version}`}
          width="160"
          height="160"
          alt={t('photo.shown')}
          onError={() => setShown(false)}
        />
      ) : (
        <Paragraph>{t('photo.none')}</Paragraph>
      )}
      <div className="vs-section">
        <label className="utrecht-form-label" htmlFor={id}>
          {t('photo.choose')}
        </label>{' '}
        <input
          ref={input}
          id={id}
          type="file"
          accept="image/jpeg,image/png"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void change(send(file), t('photo.kept'));
          }}
        />
      </div>
      {shown && (
        <div className="vs-actions">
          <Button
            appearance="secondary-action-button"
            onClick={() => {
              if (input.current) input.current.value = '';
              void change(client.DELETE('/me/photo'), t('photo.gone'));
            }}
          >
            {t('photo.remove')}
          </Button>
        </div>
      )}
    </Page>
  );
}
