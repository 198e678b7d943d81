import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { useAnnounce } from '../../ui/LiveRegion';
import type { Written } from './Composer';
import type { Contribution, Session } from './types';
import type { Writing } from './useWriting';

const ONE = '/review-sessions/{sessionId}/contributions/{contributionId}';

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** Adding, changing and taking away one's own. onDone asks for the list again. */
export function useContributing(session: Session, writing: Writing, onDone: () => void) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const { id: sessionId, step } = session;
  const { draft, clear } = writing;
  const saving = useMutation({
    mutationFn: ({ kind, body, ...where }: Written) => {
      const { changes } = draft;
      if (!changes) {
        return client.POST('/review-sessions/{sessionId}/contributions', {
          params: { path: { sessionId } },
          body: { step, kind, body, ...where },
        });
      }
      return client.PATCH(ONE, {
        params: { path: { sessionId, contributionId: changes.id }, header: ifMatch(changes.version) },
        body: { body },
      });
    },
    onSuccess: () => {
      announce(t(draft.changes ? 'composer.changed' : 'composer.saved'));
      clear();
    },
    onSettled: onDone,
  });
  const removing = useMutation({
    mutationFn: ({ id, version }: Contribution) =>
      client.DELETE(ONE, { params: { path: { sessionId, contributionId: id }, header: ifMatch(version) } }),
    onSuccess: () => announce(t('list.deleted')),
    onSettled: onDone,
  });
  const { mutate, reset } = saving;
  const save = useCallback((written: Written) => mutate(written), [mutate]);
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
