import { useTranslation } from 'react-i18next';

/** Keeps the place of what is loading, so that nothing jumps when it comes. Appears only after a moment. */
export function Placeholder({ size }: { size: 'line' | 'card' | 'page' }) {
  const { t } = useTranslation('app');
  return (
    <div className={`vs-placeholder vs-placeholder--${size}`} role="status">
      <span className="vs-visually-hidden">{t('loading')}</span>
    </div>
  );
}
