import { Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import { Field } from '../../ui/Field';
import type { Piece } from './draft';
import type { Writing } from './useWriting';
import { begunAt, checkPiece, marked, momentOf, type Place, pieceOf, type Side } from './where';

interface WhereFieldProps {
  writing: Writing;
  place: Place;
}

interface EdgeProps extends WhereFieldProps {
  piece: Piece;
  side: Side;
}

/** One edge of a piece: typed, or where the film is now. */
function Edge({ writing, place, piece, side }: EdgeProps) {
  const { t } = useTranslation('sessionRun');
  const { draft, change } = writing;
  const fault = checkPiece(piece, place)[side];
  return (
    <Field label={t(`piece.${side}`)} error={fault && t(`piece.faults.${fault}`)}>
      {(control) => (
        <span className="vs-note-times__pair">
          <Textbox
            {...control}
            inputMode="decimal"
            autoComplete="off"
            placeholder={side === 'end' ? t('piece.endEmpty') : undefined}
            value={piece[side]}
            onChange={(event) => change({ piece: { ...piece, [side]: event.target.value } })}
          />
          <button
            type="button"
            className="vs-now"
            aria-label={t(`piece.${side}Now`)}
            title={t(`piece.${side}Now`)}
            onClick={() => change({ piece: marked(draft, place, side) })}
          >
            {t('piece.now')}
          </button>
        </span>
      )}
    </Field>
  );
}

/** Where in the film it belongs: at this moment, unless one takes that away or marks a piece. */
export function WhereField({ writing, place }: WhereFieldProps) {
  const { t } = useTranslation('sessionRun');
  const { draft, change } = writing;
  const piece = pieceOf(draft, place);
  const at = formatTimecode(place.shown(momentOf(draft, place)));
  const moment = draft.startMs === null ? t('composer.here') : t('composer.hereAt', { at });
  return (
    <div className="vs-composer__where">
      <label className="vs-check vs-composer__here">
        <input type="checkbox" checked={draft.here} onChange={() => change({ here: !draft.here })} />
        {piece ? t('piece.here') : moment}
      </label>
      {draft.here && (
        <button
          type="button"
          className="vs-now"
          aria-expanded={piece !== null}
          onClick={() => change({ piece: piece ? null : begunAt(draft, place) })}
        >
          {t('piece.choose')}
        </button>
      )}
      {piece && (
        <div className="vs-note-times vs-composer__piece">
          <Edge writing={writing} place={place} piece={piece} side="start" />
          <Edge writing={writing} place={place} piece={piece} side="end" />
        </div>
      )}
    </div>
  );
}
