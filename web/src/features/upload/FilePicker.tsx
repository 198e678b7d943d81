import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from './bytes';

interface FilePickerProps {
  maxBytes: number;
  onPick: (file: File) => void;
}

/** A native file input; the area around it also takes a dropped file. */
export function FilePicker({ maxBytes, onPick }: FilePickerProps) {
  const { t, i18n } = useTranslation('upload');
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onPick(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input inside does the same
    <div
      className={over ? 'vs-drop vs-drop--over' : 'vs-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{t('pick.drop')}</p>
      <input
        id={id}
        type="file"
        className="vs-drop__input"
        accept="video/*,audio/mp4,.mp4,.mov,.m4v,.webm,.m4a,.mkv,.avi"
        aria-describedby={`${id}-limit`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onPick(file);
          event.target.value = ''; // so that the same file can be chosen again
        }}
      />
      <label htmlFor={id} className="utrecht-button utrecht-button--primary-action vs-drop__button">
        {t('pick.button')}
      </label>
      <p id={`${id}-limit`} className="vs-subtle">
        {t('pick.limit', { size: formatBytes(maxBytes, i18n.language) })}
      </p>
    </div>
  );
}
