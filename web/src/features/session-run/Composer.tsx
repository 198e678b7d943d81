import { Button, Paragraph, Textarea } from '@utrecht/component-library-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../../api/newId';
import { Field } from '../../ui/Field';
import { ErrorMessage, Message } from '../../ui/Message';
import { BODY_MAX } from './draft';
import type { ContributionKind } from './types';
import type { Writing } from './useWriting';
import { WhereField } from './WhereField';
import { checkPiece, isPlaced, type Place, pieceOf, type Written, whereOf } from './where';

interface ComposerProps {
  writing: Writing;
  /** What one can post now; nothing where one only looks or listens. */
  posts: readonly ContributionKind[];
  /** Why nothing, or nothing else. */
  reason?: string | undefined;
  place?: Place | undefined;
  saving: boolean;
  error: unknown;
  onSave: (written: Written) => void;
  onCancel: () => void;
}

function KindField({ posts, writing }: Pick<ComposerProps, 'posts' | 'writing'>) {
  const { t } = useTranslation('sessionRun');
  const { draft, change } = writing;
  return (
    <fieldset className="vs-chips">
      <legend className="vs-chips__legend">{t('composer.kind')}</legend>
      {posts.map((kind) => (
        <label key={kind} className="vs-chip">
          <input
            type="radio"
            name="contribution-kind"
            value={kind}
            checked={draft.kind === kind}
            onChange={() => change({ kind })}
          />
          {t(`kinds.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** In a gate: why one writes nothing now. The words typed before stay where they are. */
function Closed({ reason }: { reason: string }) {
  const { t } = useTranslation('sessionRun');
  return (
    <>
      <Paragraph id="composer-reason">{reason}</Paragraph>
      <Textarea
        aria-label={t('composer.body')}
        aria-describedby="composer-reason"
        disabled
        rows={2}
        value=""
        readOnly
      />
    </>
  );
}

/** No answer came: it may be there, and may be not. Sent again it is there once. */
function Lost() {
  const { t } = useTranslation('sessionRun');
  return (
    <Message type="error">
      <Paragraph>{t('composer.lost')}</Paragraph>
    </Message>
  );
}

const saveWord = ({ changes, lost }: Writing['draft']) =>
  lost ? 'composer.again' : changes ? 'composer.saveChange' : 'composer.save';

/** Who chose to change or to answer something goes on in the field for it. */
function useFieldFor({ changes, answers }: Writing['draft']) {
  const field = useRef<HTMLTextAreaElement>(null);
  const about = changes?.id ?? answers?.id;
  useEffect(() => {
    if (about !== undefined) field.current?.focus();
  }, [about]);
  return field;
}

/** Writing along, with the kinds that this step asks for, the first one unless another is chosen. Ctrl+Enter adds it. */
export function Composer(props: ComposerProps) {
  const { writing, posts, reason, place, saving, error, onSave, onCancel } = props;
  const { t } = useTranslation(['sessionRun', 'app']);
  const [missing, setMissing] = useState(false);
  const { draft, change } = writing;
  const field = useFieldFor(draft);
  const anew = !draft.changes && !draft.answers;
  const offered = !anew && draft.kind ? [draft.kind] : posts;
  const kind = offered.find((one) => one === draft.kind) ?? offered[0];
  const tooLong = [...draft.body].length > BODY_MAX;
  const empty = draft.body.trim() === '';
  const placed = isPlaced(draft, place);
  const piece = placed ? pieceOf(draft, place) : null;
  const unplaced = placed && piece && Object.keys(checkPiece(piece, place)).length > 0;
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    setMissing(empty);
    if (empty || tooLong || unplaced || saving || !kind) return;
    onSave({ kind, body: draft.body.trim(), ...whereOf(draft, place) });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  };
  const write = (body: string) => {
    setMissing(false);
    if (!anew) return change({ body });
    // The moment is where the film was at the first letter, not where it is when one has done writing.
    const startMs = body === '' ? null : (draft.startMs ?? place?.now() ?? null);
    if (body !== '') return change({ body, startMs, n: draft.n ?? place?.n ?? null });
    // What comes next is something else, with a name of its own.
    change({ body, startMs, n: null, draftId: newId(), lost: false });
  };
  return (
    <section className="vs-composer" aria-labelledby="composer-title">
      <h2 id="composer-title" className="vs-together__title">
        {t('composer.title')}
      </h2>
      {!kind ? (
        <Closed reason={reason ?? ''} />
      ) : (
        <form autoComplete="off" className="vs-composer__form" onSubmit={save} onKeyDown={keys} noValidate>
          {offered.length > 1 && (
            <KindField posts={offered} writing={{ ...writing, draft: { ...draft, kind } }} />
          )}
          {draft.answers && <blockquote className="vs-composer__question">{draft.answers.body}</blockquote>}
          <Field
            label={offered.length > 1 ? t('composer.body') : t(`kinds.${kind}`)}
            hint={reason}
            error={
              (tooLong && t('composer.tooLong', { most: BODY_MAX })) ||
              (missing && t('composer.empty')) ||
              undefined
            }
          >
            {(control) => (
              <Textarea
                {...control}
                ref={field}
                rows={3}
                value={draft.body}
                onChange={(event) => write(event.target.value)}
              />
            )}
          </Field>
          {placed && <WhereField writing={writing} place={place} />}
          {draft.lost ? <Lost /> : error !== null && <ErrorMessage error={error} withFaults />}
          <div className="vs-actions vs-composer__actions">
            <Button appearance="primary-action-button" type="submit" disabled={saving}>
              {t(saveWord(draft))}
            </Button>
            {!anew && (
              <Button appearance="secondary-action-button" onClick={onCancel}>
                {t('app:cancel')}
              </Button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
