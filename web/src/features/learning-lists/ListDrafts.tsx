import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useBlocker } from 'react-router';
import type { ListDraft, ListKind } from './draft';
import { LeaveDialog } from './LeaveDialog';

type Drafts = Readonly<Record<string, ListDraft>>;

interface ListDraftsProps {
  /** Whether an address is still among the lists. */
  isWithin: (path: string) => boolean;
  children: ReactNode;
}

interface Kept {
  drafts: Drafts;
  keep: (list: string, draft: ListDraft | null) => void;
}

const ListDraftsContext = createContext<Kept>({ drafts: {}, keep: () => {} });

/** Keeps what is being changed while someone looks at another list, and asks before it is left behind. */
export function ListDrafts({ isWithin, children }: ListDraftsProps) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const keep = useCallback((list: string, draft: ListDraft | null) => {
    setDrafts(({ [list]: _old, ...others }) => (draft ? { ...others, [list]: draft } : others));
  }, []);
  const any = Object.keys(drafts).length > 0;
  useEffect(() => {
    if (!any) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [any]);
  const blocker = useBlocker(({ nextLocation }) => any && !isWithin(nextLocation.pathname));
  const kept = useMemo(() => ({ drafts, keep }), [drafts, keep]);
  return (
    <ListDraftsContext.Provider value={kept}>
      {children}
      {blocker.state === 'blocked' && <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />}
    </ListDraftsContext.Provider>
  );
}

/** What is being changed of one list; null when nothing is. */
export function useListDraft(kind: ListKind, code: string) {
  const { drafts, keep } = useContext(ListDraftsContext);
  const list = `${kind}/${code}`;
  const keepThis = useCallback((draft: ListDraft | null) => keep(list, draft), [keep, list]);
  return [drafts[list] ?? null, keepThis] as const;
}
