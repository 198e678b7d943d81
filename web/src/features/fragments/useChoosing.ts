import { useMemo, useState } from 'react';
import type { Fragment } from '../../api/types';
import { type Passage, passageOf } from './passage';

/** The one fragment that is being chosen or changed; id is null for a new one. */
export interface Chosen {
  id: string | null;
  /** The version it was read with; 0 for a new one. */
  version: number;
  passage: Passage;
}

/** Held above the workspace, so that it outlives a lost connection; in memory only. */
export interface Choosing {
  chosen: Chosen | null;
  begin: (passage: Passage) => void;
  edit: (fragment: Fragment) => void;
  change: (passage: Passage) => void;
  end: () => void;
}

export function useChoosing(): Choosing {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return useMemo(
    () => ({
      chosen,
      begin: (passage) => setChosen({ id: null, version: 0, passage }),
      edit: (fragment) =>
        setChosen({ id: fragment.id, version: fragment.version, passage: passageOf(fragment) }),
      change: (passage) => setChosen((now) => now && { ...now, passage }),
      end: () => setChosen(null),
    }),
    [chosen],
  );
}
