import { api } from '../../api/client';
import type { Recording } from '../../api/types';

export interface OwnFilm {
  recording: Recording;
  /** One's own words for the conversation; '' for none. */
  label: string;
}

const MOST = 100;

/** One's own films that can be looked at now, the newest first. */
export function useOwnFilms(enabled: boolean) {
  const query = api.useQuery('get', '/conversations', { params: { query: { limit: MOST } } }, { enabled });
  const films: OwnFilm[] | undefined = query.data?.items.flatMap(({ label = '', recordings = [] }) =>
    recordings
      .filter(({ state, can }) => state === 'ready' && can.watch)
      .map((recording) => ({ recording, label })),
  );
  return { ...query, data: films };
}
