import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Announce = (text: string) => void;
const AnnounceContext = createContext<Announce>(() => {});

/** Says something to people who do not see the screen change. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** One polite live region for the whole app, so that it exists before anything is said in it. */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState({ text: '', turn: 0 });
  const announce = useCallback<Announce>((text) => {
    setMessage(({ turn }) => ({ text, turn: turn + 1 }));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div className="vs-visually-hidden" role="status" aria-live="polite">
        <span key={message.turn}>{message.text}</span>
      </div>
    </AnnounceContext.Provider>
  );
}
