import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import type { Fragment } from '../../api/types';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { Message } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { FragmentForm } from './FragmentForm';
import { FragmentText } from './FragmentText';
import { FRAGMENTS_TITLE } from './fragmentsTitle';
import { bodyOf } from './passage';
import type { Choosing, Chosen } from './useChoosing';
import type { Fragments } from './useFragments';

/** What a fragment needs of the film, in milliseconds from its start. */
export interface FilmControls {
  now: () => number;
  /** Stops the film and shows its picture there. */
  onShow: (ms: number) => void;
  /** Plays from there to there, and stops. */
  onPlay: (startMs: number, endMs: number) => void;
}

interface FragmentEditorProps extends FilmControls {
  chosen: Chosen;
  choosing: Choosing;
  fragments: Fragments;
  /** The fragment as the server has it now; undefined for a new one, or when it is no longer there. */
  stored: Fragment | undefined;
  durationMs: number;
}

/** What the server has now, beside what was typed here: nothing is thrown away. */
function Conflict({ stored, onTakeTheirs }: { stored: Fragment; onTakeTheirs: () => void }) {
  const { t } = useTranslation('fragments');
  return (
    <Message type="warning">
      <Paragraph>{t('conflict.explain')}</Paragraph>
      <FragmentText fragment={stored} />
      <Paragraph>{t('conflict.choose')}</Paragraph>
      <Button appearance="secondary-action-button" onClick={onTakeTheirs}>
        {t('conflict.theirs')}
      </Button>
    </Message>
  );
}

export function FragmentEditor({
  chosen,
  choosing,
  fragments,
  stored,
  durationMs,
  ...film
}: FragmentEditorProps) {
  const { t } = useTranslation('fragments');
  const announce = useAnnounce();
  const { saving, error, save } = useSaving();
  const { status } = toApiError(error);
  const conflict = error !== null && status === 412 && stored !== undefined;
  const gone = chosen.id !== null && stored === undefined;
  const keep = async () => {
    const body = bodyOf(chosen.passage);
    try {
      if (stored === undefined) await fragments.create(body);
      // Having seen the other version, saving again replaces that one.
      else await fragments.update(stored.id, conflict ? stored.version : chosen.version, body);
    } catch (failure) {
      if ([404, 409, 412].includes(toApiError(failure).status)) await fragments.refresh();
      throw failure;
    }
  };
  const leave = () => {
    choosing.end();
    moveFocusTo(FRAGMENTS_TITLE);
  };
  const done = () => {
    announce(t('saved'));
    leave();
  };
  return (
    <FragmentForm
      passage={chosen.passage}
      durationMs={durationMs}
      saving={saving}
      error={conflict || gone ? null : error}
      onChange={choosing.change}
      onSave={() => void save(keep, done)}
      onCancel={leave}
      {...film}
    >
      {gone && <Message type="warning">{t('goneElsewhere')}</Message>}
      {conflict && <Conflict stored={stored} onTakeTheirs={leave} />}
    </FragmentForm>
  );
}
