import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { formatTimecode, parseTimecode } from '../../time/timecode';
import { useAnnounce } from '../../ui/LiveRegion';
import type { Unfinished as Found } from './desk';
import type { Writing } from './useWriting';

interface UnfinishedProps {
  writing: Writing;
  hasNote: (id: string) => boolean;
}

/** Where in the film it is, as far as what was typed is a time. */
function placeOf({ words: { start } }: Found): string {
  const at = parseTimecode(start);
  return at === null ? start : formatTimecode(at);
}

/** What someone was still writing when the page went away, to go on with. */
export function Unfinished({ writing, hasNote }: UnfinishedProps) {
  const { t } = useTranslation('annotations');
  const announce = useAnnounce();
  if (writing.unfinished.length === 0) return null;
  return (
    <section className="vs-unfinished" aria-label={t('draft.unfinished')}>
      <p className="vs-unfinished__title">{t('draft.unfinished')}</p>
      <ul className="vs-unfinished__list">
        {writing.unfinished.map((found) => (
          <li key={found.id}>
            <p className="vs-unfinished__words">
              <span className="vs-subtle">{placeOf(found)}</span> {found.words.body}
            </p>
            <div className="vs-note__actions">
              <Button appearance="subtle-button" onClick={() => writing.resume(found, hasNote)}>
                {t('draft.goOn')}
                <span className="vs-visually-hidden">{t('draft.at', { at: placeOf(found) })}</span>
              </Button>
              <Button
                appearance="subtle-button"
                onClick={() => {
                  writing.throwAway(found);
                  announce(t('draft.thrown'));
                }}
              >
                {t('draft.throw')}
                <span className="vs-visually-hidden">{t('draft.at', { at: placeOf(found) })}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
