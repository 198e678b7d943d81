import { api } from '../../api/client';

/** What a session can follow. They change only when the program starts anew. */
export const useProtocols = () =>
  api.useQuery('get', '/protocols', {}, { staleTime: Number.POSITIVE_INFINITY });
