/**
 * Looking at one film together, in the browser.
 *
 *     const live = useLive(sessionId);
 *
 * listens for as long as the component is on the screen. What it gives is always the whole present state, so that
 * coming late, a connection that broke and a computer that slept are one and the same case:
 *
 *  - `live.status`: when `silent` (nothing heard for 5 s) or `over`, take film and notes off the screen, drop their
 *    queries, and say so. After a silence everything comes again by itself; after `over` nothing comes.
 *  - `live.version`: when it changes, ask for the session and what hangs on it again.
 *  - `live.open`: the fragments that this person may look at now. A number that leaves it was closed: unmount its
 *    <video> and drop its notes at once. There is no cause to tell.
 *  - `live.film`: which fragment is on, for everyone; `live.present`: who is there.
 *  - `live.steer({ n, positionMs, playing: false, rate: 1 })` puts another fragment on, for whoever leads the film.
 *
 *     const { following, join, controls } = useFollowing({ live, video, stretch, leads, onFailed });
 *
 * holds the <video> to `live.film`. The caller makes the <video> (its src is
 * `/api/v1/review-sessions/{id}/fragments/{n}/video`, without `autoPlay` and native controls) and hands over the
 * element, from a state that its ref sets. All times outside the <video> are milliseconds of the *recording*, as in
 * a fragment's startMs and endMs; `stretch` says where its file lies: `{ n, startMs, endMs, leadMs }` as the session
 * has them (whole film: startMs 0, leadMs 0, endMs its length). `toFilm(stretch, video.currentTime)` is the place to
 * write a note at.
 *
 *  - `following`: `refused` means that the browser starts no film by itself; show one button that calls `join`.
 *  - `controls` is null for whoever does not lead; for whoever does, play, pause, seek and setRate act here at once
 *    and then everywhere. Do not touch the <video> itself.
 */
export type { Live } from './feed';
export { type Film, type FilmCommand, positionAt, type Stretch, toFilm, toVideo } from './film';
export type { Following } from './follower';
export { type Controls, type FollowingFilm, useFollowing } from './useFollowing';
export { type LiveSession, useLive } from './useLive';
