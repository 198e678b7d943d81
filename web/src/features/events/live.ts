import { createContext, useContext } from 'react';

/** Whether the server is heard. While silent, nothing of a film may be shown. */
export type Live = 'connecting' | 'alive' | 'silent';

export const LiveContext = createContext<Live>('connecting');

export function useLive(): Live {
  return useContext(LiveContext);
}
