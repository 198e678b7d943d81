import { API_BASE } from '../../../api/client';
import { problemOf } from '../../../api/problem';
import type { Film, FilmCommand } from './film';

/** Moves the film for everyone. Rejects with an ApiError: `step_gate` when this person does not lead it now. */
export async function steer(sessionId: string, command: FilmCommand): Promise<Film> {
  const response = await fetch(`${API_BASE}/review-sessions/${sessionId}/film`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(command),
  });
  if (!response.ok) throw problemOf(response.status, await response.text());
  return (await response.json()) as Film;
}
