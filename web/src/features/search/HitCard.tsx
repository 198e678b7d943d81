import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SearchHit } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { useDates } from '../../time/useDates';

/** One thing that was found; it opens the film there. */
export function HitCard({ hit }: { hit: SearchHit }) {
  const { t, i18n } = useTranslation('search');
  const dates = useDates();
  const { recordingId, startMs, what, heading, body, label, startedAt } = hit;
  const kind = t(`what.${what}`);
  const place = startMs === undefined ? kind : t('at', { what: kind, at: formatTimecode(startMs) });
  const title = heading && (i18n.language === 'en' ? heading.en : heading.nl);
  return (
    <li className="vs-card vs-hit">
      <div className="vs-card__text">
        <p className="vs-card__title">
          <Link to={`/opnames/${recordingId}${startMs === undefined ? '' : `?t=${startMs}`}`}>
            {title ? t('titled', { place, title }) : place}
          </Link>
        </p>
        {body && <p className="vs-note__body">{body}</p>}
        <p className="vs-subtle">{[label, dates.moment(startedAt)].filter(Boolean).join(' · ')}</p>
      </div>
    </li>
  );
}
