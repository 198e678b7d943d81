import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { newId } from '../../api/newId';
import { toApiError } from '../../api/problem';
import { useAnnounce } from '../../ui/LiveRegion';
import type { Changes, Draft } from './draft';
import type { Contribution, ContributionChange, Session } from './types';
import type { Writing } from './useWriting';
import type { Written } from './where';

const ONE = '/review-sessions/{sessionId}/contributions/{contributionId}';

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** Whether nobody can tell if it arrived: no answer came, or one that says nothing of what was done. */
function isLost(error: unknown): boolean {
  const { status } = toApiError(error);
  return status < 400 || status >= 500;
}

/** Whether the server decided: what is sent once more is another try, under a name of its own. */
function isDecided(error: unknown): boolean {
  const { status } = toApiError(error);
  return !isLost(error) && status !== 401 && status !== 429;
}

const isSame = (a: ContributionChange, b: ContributionChange) => JSON.stringify(a) === JSON.stringify(b);

type Own = Pick<Contribution, 'id' | 'version'>;

/** One try: what is sent, and as which draft it stood in the composer then. */
interface Try extends Pick<Draft, 'draftId' | 'changes'> {
  written: Written;
}

/** Saves what is written. Sent twice under the same draftId it is there once, with the words of the last time. */
function useSaving(sessionId: string, step: number, writing: Writing, onDone: () => void) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const { change, clear } = writing;
  const changeTo = (body: ContributionChange, { id: contributionId, version }: Own) =>
    client.PATCH(ONE, {
      params: { path: { sessionId, contributionId }, header: ifMatch(version) },
      body,
    });
  /** What got no answer goes first, as it was: then it is known which version one changes. */
  const changeOwn = async (to: ContributionChange, changes: Changes, draftId: string) => {
    let own: Own = changes;
    if (changes.sent && !isSame(changes.sent, to)) {
      const { data } = await changeTo(changes.sent, own);
      if (data) own = data;
    }
    try {
      await changeTo(to, own);
    } catch (error) {
      const sent = isLost(error) ? to : undefined;
      change({ changes: { ...changes, version: own.version, sent } }, draftId);
      throw error;
    }
  };
  return useMutation({
    mutationFn: async ({ written: { kind, body, ...where }, draftId, changes }: Try) => {
      if (changes) return changeOwn({ body, ...(where.at && { at: where.at }) }, changes, draftId);
      const { data } = await client.POST('/review-sessions/{sessionId}/contributions', {
        params: { path: { sessionId } },
        body: { draftId, step, kind, body, ...where },
      });
      // An earlier try had arrived, and one typed on since.
      if (data && data.body !== body) await changeTo({ body }, data);
    },
    onSuccess: (_, { changes, draftId }) => {
      announce(t(changes ? 'composer.changed' : 'composer.saved'));
      clear(draftId);
    },
    onError: (error, { draftId }) =>
      change({ lost: isLost(error), ...(isDecided(error) && { draftId: newId() }) }, draftId),
    onSettled: onDone,
  });
}

/** Adding, changing and taking away one's own. onDone asks for the list again. */
export function useContributing(session: Session, writing: Writing, onDone: () => void) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const { id: sessionId, step } = session;
  const { clear, draft } = writing;
  const { draftId, changes } = draft;
  const saving = useSaving(sessionId, step, writing, onDone);
  const removing = useMutation({
    mutationFn: ({ id, version }: Contribution) =>
      client.DELETE(ONE, { params: { path: { sessionId, contributionId: id }, header: ifMatch(version) } }),
    onSuccess: () => announce(t('list.deleted')),
    onSettled: onDone,
  });
  const { mutate, reset } = saving;
  const save = useCallback(
    (written: Written) => mutate({ written, draftId, changes }),
    [changes, draftId, mutate],
  );
  const cancel = useCallback(() => {
    clear();
    reset();
  }, [clear, reset]);
  return {
    saving: saving.isPending,
    error: saving.error ?? removing.error,
    save,
    cancel,
    remove: removing.mutate,
  };
}
