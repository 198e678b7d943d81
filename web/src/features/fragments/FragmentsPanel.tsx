import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { type FilmControls, FragmentEditor } from './FragmentEditor';
import { FragmentItem } from './FragmentItem';
import { FRAGMENTS_TITLE } from './fragmentsTitle';
import { type Interval, passageAt } from './passage';
import type { Choosing } from './useChoosing';
import type { Fragments } from './useFragments';

/** Video Interaction Guidance looks at no more than three moments. */
const ADVISED = 3;

interface FragmentsPanelProps extends FilmControls {
  fragments: Fragments;
  choosing: Choosing;
  canChoose: boolean;
  durationMs: number;
  /** The interval that was marked with I and O, if any. */
  marked: () => Interval | null;
}

/** The parts of the film that one chose for later. */
export function FragmentsPanel(props: FragmentsPanelProps) {
  const { t } = useTranslation('fragments');
  const { fragments, choosing, canChoose, durationMs, marked, ...film } = props;
  const { data, error, isPending, refetch } = fragments.query;
  const { chosen } = choosing;
  const items = data?.items ?? [];
  const enough = data !== undefined && items.length >= data.most;
  const editor = (id: string | null) =>
    chosen && (
      <FragmentEditor
        key={chosen.id ?? 'new'}
        chosen={chosen}
        choosing={choosing}
        fragments={fragments}
        stored={items.find((fragment) => fragment.id === id)}
        durationMs={durationMs}
        {...film}
      />
    );
  const listed = items.some(({ id }) => id === chosen?.id);
  return (
    <section className="vs-notes" aria-labelledby={FRAGMENTS_TITLE}>
      <div className="vs-notes__head">
        <h2 id={FRAGMENTS_TITLE} className="utrecht-heading-3" tabIndex={-1}>
          {t('title')}
        </h2>
        {canChoose && !chosen && data && !enough && (
          <Button
            appearance="primary-action-button"
            onClick={() => choosing.begin(passageAt(film.now(), marked(), durationMs))}
          >
            {t('new')}
          </Button>
        )}
      </div>
      {chosen && data && !listed && editor(null)}
      {isPending && <Placeholder size="card" />}
      {error && !data && <ErrorMessage error={error} again={refetch} />}
      {data && items.length === 0 && !chosen && (
        <div className="vs-empty">
          <p>{t('empty')}</p>
          <p>{t('howTo')}</p>
        </div>
      )}
      <ol className="vs-notes__list">
        {items.map((fragment) =>
          fragment.id === chosen?.id ? (
            <li key={fragment.id} className="vs-note vs-note--editing">
              {editor(fragment.id)}
            </li>
          ) : (
            <FragmentItem
              key={fragment.id}
              fragment={fragment}
              fragments={fragments}
              onPlay={film.onPlay}
              onEdit={choosing.edit}
            />
          ),
        )}
      </ol>
      {canChoose && enough && (
        <p className="vs-fragments__enough">
          {t(data.most === ADVISED ? 'enough.advice' : 'enough.setting')}
        </p>
      )}
    </section>
  );
}
