import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import type { Fragment } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { Asked } from '../../ui/Asked';
import type { Session } from './types';
import type { Bringing } from './useBringing';

interface BringChosenProps extends Bringing {
  session: Session;
  recordingId: string;
}

/** Whether the session has this interval of the recording. */
function isIn({ fragments }: Session, { recordingId, startMs, endMs }: Fragment): boolean {
  return fragments.some(
    (other) =>
      other.recordingId === recordingId && !other.whole && other.startMs === startMs && other.endMs === endMs,
  );
}

/** The parts of a film that were chosen when looking back, each to be brought in with one button. */
export function BringChosen({ session, recordingId, bring, isPending }: BringChosenProps) {
  const { t } = useTranslation('sessions');
  const fragments = api.useQuery('get', '/recordings/{recordingId}/fragments', {
    params: { path: { recordingId } },
  });
  return (
    <Asked query={fragments}>
      {({ items }) => (
        <>
          <p className="vs-bring__label">{t(items.length > 0 ? 'bring.chosen' : 'bring.noneChosen')}</p>
          {items.length > 0 && (
            <ul className="vs-lines">
              {items.map((fragment) => (
                <li key={fragment.id} className="vs-line">
                  <div className="vs-line__text">
                    <p className="vs-line__name">{fragment.title}</p>
                    <p className="vs-subtle">
                      {t('fragment.span', {
                        from: formatTimecode(fragment.startMs),
                        to: formatTimecode(fragment.endMs),
                      })}
                    </p>
                  </div>
                  {isIn(session, fragment) ? (
                    <span className="vs-subtle">{t('bring.already')}</span>
                  ) : (
                    <Button
                      appearance="secondary-action-button"
                      disabled={isPending}
                      onClick={() =>
                        bring(
                          { recordingId, startMs: fragment.startMs, endMs: fragment.endMs },
                          fragment.title,
                        )
                      }
                    >
                      {t('bring.button')}
                      <span className="vs-visually-hidden">{t('bring.what', { title: fragment.title })}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          <Link className="vs-ways__link utrecht-link utrecht-link--html-a" to={`/opnames/${recordingId}`}>
            {t('bring.choose')}
          </Link>
        </>
      )}
    </Asked>
  );
}
