import { useCallback, useRef, useState } from 'react';
import { fingerprint } from './fingerprint';
import { type Inspection, inspect } from './inspect';

export interface Chosen {
  file: File;
  inspection: Inspection;
  fingerprint: string | null;
}

export interface Choosing {
  checking: boolean;
  chosen: Chosen | null;
  choose: (file: File) => void;
  clear: () => void;
}

/** A chosen file, looked at before anything is sent. */
export function useChosenFile(conversationId: string, maxBytes: number): Choosing {
  const [checking, setChecking] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const turn = useRef(0);
  const choose = useCallback(
    (file: File) => {
      const mine = ++turn.current;
      setChecking(true);
      setChosen(null);
      const look = async () => {
        const [inspection, mark] = await Promise.all([
          inspect(file, maxBytes),
          fingerprint(file, conversationId),
        ]);
        if (mine !== turn.current) return; // another file was chosen meanwhile
        setChosen({ file, inspection, fingerprint: mark });
      };
      look()
        .catch(() => {
          const sniffed = { container: 'unknown', mimeType: '', extension: '' } as const;
          // The file went away or cannot be read: to the one who chose it, that is no film.
          if (mine === turn.current)
            setChosen({
              file,
              inspection: { verdict: 'not_a_film', sniffed },
              fingerprint: null,
            });
        })
        .finally(() => {
          if (mine === turn.current) setChecking(false);
        });
    },
    [conversationId, maxBytes],
  );
  const clear = useCallback(() => {
    turn.current++;
    setChecking(false);
    setChosen(null);
  }, []);
  return { checking, chosen, choose, clear };
}
