import { Button, Heading2 } from '@utrecht/component-library-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultTexts } from '../../api/errorText';
import { toApiError } from '../../api/problem';
import type { ListVersion } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { Conflict } from './Conflict';
import {
  bodyOf,
  checkDraft,
  type DraftEntry,
  draftOf,
  emptyForm,
  type ListDraft,
  type ListKind,
  sameContent,
} from './draft';
import { Entries } from './Entries';
import { FormHead } from './FormHead';
import { useListDraft } from './ListDrafts';
import { PublishDialog } from './PublishDialog';
import { usePublish } from './useLists';
import { Versions } from './Versions';

export type Preview = (draft: ListDraft) => ReactNode;

interface ListEditorProps {
  kind: ListKind;
  /** Which list; empty for a form that is new. */
  code: string;
  /** Its versions, the newest first; none for a form that is new. */
  versions: readonly ListVersion[];
  /** The code to publish under. */
  publishAs: (draft: ListDraft) => string;
  preview: Preview;
  onPublished?: (code: string) => void;
}

/** What was in an older version under a code that the draft does not have, by its newest name. */
function takenOutOf(versions: readonly ListVersion[], draft: ListDraft): DraftEntry[] {
  const seen = new Set(draft.entries.map(({ code }) => code));
  return versions
    .flatMap((version) => draftOf(version).entries)
    .filter(({ code }) => !seen.has(code) && seen.add(code));
}

function useFaults(kind: ListKind, draft: ListDraft, checked: boolean, error: unknown) {
  const { t } = useTranslation('learningLists');
  const { t: problems } = useTranslation('problems');
  const own = checkDraft(draft, kind);
  const fromServer = faultTexts(problems, error);
  const fault = (field: string): string | undefined => {
    const code = own[field];
    return checked && code ? t(`faults.${code}`) : fromServer[field];
  };
  return { fault, clean: Object.keys(own).length === 0 };
}

/** Puts the cursor in the first field that is not right. */
function focusFirstFault() {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.vs-list-editor [aria-invalid="true"]')?.focus(),
  );
}

export function ListEditor(props: ListEditorProps) {
  const { kind, code, versions, publishAs, preview, onPublished } = props;
  const { t } = useTranslation('learningLists');
  const announce = useAnnounce();
  const publish = usePublish();
  const newest = versions[0];
  const fresh = useMemo(() => (newest ? draftOf(newest) : emptyForm()), [newest]);
  const [kept, keep] = useListDraft(kind, code);
  const draft = kept ?? fresh;
  const changed = !sameContent(draft, fresh);
  const behind = kept !== null && kept.basedOn !== fresh.basedOn;
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const { fault, clean } = useFaults(kind, draft, checked, error);
  const takenOut = useMemo(() => takenOutOf(versions, draft), [versions, draft]);

  const change = (next: ListDraft) => {
    setDone(false);
    setError(null);
    // Nothing changed after all: nothing to ask about when the page is left.
    keep(sameContent(next, fresh) && next.basedOn === fresh.basedOn ? null : next);
  };
  const begin = () => {
    setChecked(true);
    if (clean && draft.entries.length > 0) setAsking(true);
    else focusFirstFault();
  };
  const send = async () => {
    const known = new Set(versions.flatMap(({ entries }) => entries.map((entry) => entry.code)));
    const listCode = publishAs(draft);
    try {
      await publish(kind, listCode, draft.basedOn, bodyOf(draft, kind, known));
    } catch (failure) {
      const { status } = toApiError(failure);
      if (status !== 412 && status !== 400) throw failure;
      // Stands at the list: who was first, or what is not right.
      if (status === 400) setError(failure);
      setAsking(false);
      focusFirstFault();
      return;
    }
    setAsking(false);
    setChecked(false);
    keep(null);
    setDone(true);
    announce(t('publish.done'));
    onPublished?.(listCode);
  };
  return (
    <div className="vs-list-editor">
      {done && <Message type="ok">{t('publish.done')}</Message>}
      {behind && (
        <Conflict
          kind={kind}
          mine={draft}
          theirs={fresh}
          onKeepMine={() => change({ ...draft, basedOn: fresh.basedOn })}
          onTakeTheirs={() => keep(null)}
        />
      )}
      {kind === 'form' && <FormHead draft={draft} fault={fault} onChange={change} />}
      <Entries
        kind={kind}
        draft={draft}
        takenOut={takenOut}
        fault={fault}
        onChange={(entries) => change({ ...draft, entries })}
      />
      <section className="vs-section">
        <Heading2>{t('preview')}</Heading2>
        <div className="vs-list-preview">{preview(draft)}</div>
      </section>
      <div className="vs-list-publish" data-changed={changed}>
        {error !== null && <ErrorMessage error={error} withFaults />}
        <p>{t(changed ? 'publish.changed' : 'publish.unchanged')}</p>
        <div className="vs-actions">
          <Button
            appearance="primary-action-button"
            disabled={!changed || behind || draft.entries.length === 0}
            onClick={begin}
          >
            {t('publish.button')}
          </Button>
          {kept !== null && changed && !behind && (
            <Button appearance="secondary-action-button" onClick={() => keep(null)}>
              {t('publish.forget')}
            </Button>
          )}
        </div>
      </div>
      {versions.length > 1 && (
        <Versions
          kind={kind}
          versions={versions}
          onPutBack={(version) => {
            change(draftOf(version, fresh.basedOn));
            announce(t('versions.ready'));
          }}
        />
      )}
      {asking && <PublishDialog kind={kind} onPublish={send} onClose={() => setAsking(false)} />}
    </div>
  );
}
