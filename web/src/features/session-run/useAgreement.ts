import { api } from '../../api/client';

/** The safe-haven agreement as it is now: a version, and its words in both languages. */
export function useAgreement() {
  return api.useQuery('get', '/agreement').data;
}
