import type { FilmCommand, SessionFilm } from '../../../api/types';

/**
 * How the film of a session stands, as whoever leads it made it: at `at` by the server's clock (ms since the epoch)
 * it was at `positionMs` of the recording, and while it plays it goes on from there by itself.
 */
export type Film = Omit<SessionFilm, 'now'>;

export type { FilmCommand };

/** A fragment as its player needs it: where its file lies in the recording. Milliseconds of the recording. */
export interface Stretch {
  n: number;
  startMs: number;
  /** Infinity while the length of a whole film is not known. */
  endMs: number;
  /** How much of the file comes before startMs: a cut begins at a key frame. Nobody sees it. */
  leadMs: number;
}

/** Where in the recording the <video> is, from its currentTime in seconds. */
export function toFilm(stretch: Stretch, seconds: number): number {
  return seconds * 1000 + stretch.startMs - stretch.leadMs;
}

/** The currentTime, in seconds, of a place in the recording; kept within the fragment. */
export function toVideo(stretch: Stretch, filmMs: number): number {
  return (within(stretch, filmMs) - stretch.startMs + stretch.leadMs) / 1000;
}

export function within(stretch: Stretch, filmMs: number): number {
  return Math.min(Math.max(filmMs, stretch.startMs), stretch.endMs);
}

/** Where the film is at a moment of the server's clock. It stops at the end of the fragment. */
export function positionAt(film: Film, serverNow: number, stretch: Stretch): number {
  const since = film.playing ? Math.max(0, serverNow - film.at) * film.rate : 0;
  return within(stretch, film.positionMs + since);
}
