import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ListDraft, ListKind } from './draft';

type Drafts = Readonly<Record<string, ListDraft>>;

interface Kept {
  drafts: Drafts;
  keep: (list: string, draft: ListDraft | null) => void;
}

const ListDraftsContext = createContext<Kept>({ drafts: {}, keep: () => {} });

/** Keeps what is being changed while someone looks at another list, and asks before the page is left with it. */
export function ListDrafts({ children }: { children: ReactNode }) {
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
  const kept = useMemo(() => ({ drafts, keep }), [drafts, keep]);
  return <ListDraftsContext.Provider value={kept}>{children}</ListDraftsContext.Provider>;
}

/** What is being changed of one list; null when nothing is. */
export function useListDraft(kind: ListKind, code: string) {
  const { drafts, keep } = useContext(ListDraftsContext);
  const list = `${kind}/${code}`;
  const keepThis = useCallback((draft: ListDraft | null) => keep(list, draft), [keep, list]);
  return [drafts[list] ?? null, keepThis] as const;
}
