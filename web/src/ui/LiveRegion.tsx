import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';

type Announce = (text: string) => void;
const AnnounceContext = createContext<Announce>(() => {});

/** Says something to people who do not see the screen change. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/**
 * One polite live region for the whole app, so that it exists before anything is said in it. What is said at one
 * moment is said together: a step that begins and shows what was written must not swallow one of the two.
 */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState({ texts: [] as readonly string[], turn: 0 });
  const spoken = useRef(0);
  useEffect(() => {
    spoken.current = message.turn;
  }, [message]);
  const announce = useCallback<Announce>((text) => {
    setMessage(({ texts, turn }) => ({
      texts: turn === spoken.current ? [text] : [...texts, text],
      turn: turn + 1,
    }));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div className="vs-visually-hidden" role="status" aria-live="polite">
        <span key={message.turn}>{message.texts.join(' ')}</span>
      </div>
    </AnnounceContext.Provider>
  );
}
