import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { isAffected } from '../features/events/affected';
import { type Live, LiveContext } from '../features/events/live';
import { shareStream } from '../features/events/stream';
import { Watchdog } from '../time/watchdog';

/** Keeps what is on screen in step with the server, and knows whether the server is still heard. */
export function EventsProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [live, setLive] = useState<Live>('connecting');
  useEffect(() => {
    const watchdog = new Watchdog(
      () => setLive('silent'),
      () => {
        // Whatever changed during the silence was not heard: ask again.
        void queryClient.invalidateQueries();
      },
    );
    const stop = shareStream((heard) => {
      watchdog.heard();
      setLive('alive');
      if (heard.type === 'changed') {
        void queryClient.invalidateQueries({
          predicate: ({ queryKey }) => isAffected(queryKey, heard.event),
        });
      }
    });
    const look = () => watchdog.check();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      watchdog.stop();
      stop();
    };
  }, [queryClient]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}
