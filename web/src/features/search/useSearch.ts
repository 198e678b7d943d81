import { api } from '../../api/client';

/**
 * What one wrote oneself that has the words; nothing is asked without any. The answer is asked anew whenever something
 * of a recording changed (features/events/affected.ts), and is forgotten with the screen.
 */
export const useSearch = (query: string) =>
  api.useQuery('post', '/search', { body: { query } }, { enabled: query !== '', gcTime: 0, staleTime: 0 });
