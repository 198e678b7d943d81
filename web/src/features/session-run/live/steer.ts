import { client } from '../../../api/client';
import type { Film, FilmCommand } from './film';

/** Moves the film for everyone. Rejects with an ApiError: `step_gate` when this person does not lead it now. */
export async function steer(sessionId: string, command: FilmCommand): Promise<Film> {
  const { data } = await client.PUT('/review-sessions/{sessionId}/film', {
    params: { path: { sessionId } },
    body: command,
  });
  // The client rejects when there is no answer (api/client.ts).
  return data as Film;
}
