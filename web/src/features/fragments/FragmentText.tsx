import { useTranslation } from 'react-i18next';
import type { Fragment } from '../../api/types';
import { formatTimecode } from '../../time/timecode';

/** A fragment's times and words, as plain text: what someone typed is never markup. */
export function FragmentText({
  fragment,
}: {
  fragment: Pick<Fragment, 'startMs' | 'endMs' | 'title' | 'reason'>;
}) {
  const { t } = useTranslation('fragments');
  const { startMs, endMs, title, reason } = fragment;
  return (
    <>
      <p className="vs-fragment__title">{title}</p>
      <p className="vs-subtle vs-fragment__span">
        {t('span', { from: formatTimecode(startMs, true), to: formatTimecode(endMs, true) })}
      </p>
      {reason && <p className="vs-note__body">{reason}</p>}
    </>
  );
}
