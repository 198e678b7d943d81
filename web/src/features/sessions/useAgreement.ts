import { api } from '../../api/client';

/** The text of the agreement. It changes only with another version of the program. */
export const useAgreement = () =>
  api.useQuery('get', '/agreement', {}, { staleTime: Number.POSITIVE_INFINITY });
