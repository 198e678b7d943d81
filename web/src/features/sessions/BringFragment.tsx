import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import { useDates } from '../../time/useDates';
import { Asked } from '../../ui/Asked';
import { SelectField } from '../../ui/SelectField';
import { Allows } from './Allows';
import { BringChosen } from './BringChosen';
import { BringWhole } from './BringWhole';
import { PlanError } from './PlanError';
import type { Session } from './types';
import { useBringing } from './useBringing';
import { type OwnFilm, useOwnFilms } from './useOwnFilms';

interface BringFragmentProps {
  session: Session;
  /** Whether fragments can be cut here; without it only a whole film can be shown. */
  cuts: boolean;
  /** The film that one came from, if any. */
  from: string | null;
}

interface FilmsProps extends BringFragmentProps {
  films: readonly OwnFilm[];
}

function Films({ session, from, films, ...asked }: FilmsProps) {
  const { t } = useTranslation('sessions');
  const dates = useDates();
  const [chosenId, setChosenId] = useState(from);
  const bringing = useBringing(session.id);
  // What the server says when it is tried counts, whatever was said before.
  const cuts = asked.cuts && toApiError(bringing.error).code !== 'cuts_unavailable';
  const chosen = films.find(({ recording }) => recording.id === chosenId) ?? films[0];
  if (!chosen) return <p>{t('bring.none')}</p>;
  const { recording } = chosen;
  return (
    <>
      {films.length > 1 && (
        <SelectField
          label={t('bring.recording')}
          options={films.map(
            ({ recording: { id, startedAt }, label }) =>
              [id, [label, dates.moment(startedAt)].filter(Boolean).join(', ')] as const,
          )}
          value={recording.id}
          onChange={setChosenId}
        />
      )}
      <Allows recording={recording} />
      {cuts && <BringChosen key={recording.id} session={session} recordingId={recording.id} {...bringing} />}
      <BringWhole key={`whole-${recording.id}`} recordingId={recording.id} cuts={cuts} {...bringing} />
      {bringing.error && cuts === asked.cuts && <PlanError error={bringing.error} />}
    </>
  );
}

/** One's own fragments to bring in: what the citizen allows is said before anything is chosen. */
export function BringFragment(props: BringFragmentProps) {
  const { t } = useTranslation('sessions');
  const films = useOwnFilms(true);
  return (
    <div className="vs-bring">
      <h3 className="utrecht-heading-3">{t('bring.title')}</h3>
      <p className="vs-subtle">{t('bring.hint')}</p>
      <Asked query={films}>{(found) => <Films {...props} films={found} />}</Asked>
    </div>
  );
}
