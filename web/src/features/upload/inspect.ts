import { type Film, readBytes, type Source } from './container/film';
import { readMp4 } from './container/mp4';
import { probe } from './container/probe';
import { SNIFF_BYTES, type Sniffed, sniff } from './container/sniff';
import { readWebm } from './container/webm';

/** What to say about a file before anything is sent. */
export type Verdict = 'fine' | 'sound_only' | 'not_here' | 'nowhere' | 'not_a_film' | 'too_large' | 'empty';

export interface Inspection {
  verdict: Verdict;
  sniffed: Sniffed;
  /** Milliseconds, where the file or the browser tells. */
  durationMs?: number;
}

function readFilm(source: Source, { container }: Sniffed): Promise<Film | null> {
  if (container === 'webm' || container === 'matroska') return readWebm(source);
  if (container === 'mp4' || container === 'mov' || container === 'm4a') return readMp4(source);
  return Promise.resolve(null);
}

/** False when the browser says by itself that it does not know one of the codecs. */
export function knowsCodecs(
  film: Film,
  { container }: Sniffed,
  media: Pick<HTMLMediaElement, 'canPlayType'>,
): boolean {
  const webm = container === 'webm' || container === 'matroska';
  const [video] = film.video;
  const [audio] = film.audio;
  // Browsers play what they know in MP4 out of QuickTime too, but deny the type video/quicktime.
  const type = `${video ? 'video' : 'audio'}/${webm ? 'webm' : 'mp4'}`;
  const codecs = [video, audio].filter(Boolean).join(', ');
  return codecs === '' || media.canPlayType(`${type}; codecs="${codecs}"`) !== '';
}

/** Whether this is a film, fits, and will play in this browser. Reads only the parts of the file it needs. */
export async function inspect(file: File, maxBytes: number): Promise<Inspection> {
  const sniffed = sniff(await readBytes(file, 0, SNIFF_BYTES));
  if (file.size === 0) return { verdict: 'empty', sniffed };
  if (sniffed.container === 'unknown') return { verdict: 'not_a_film', sniffed };
  if (file.size > maxBytes) return { verdict: 'too_large', sniffed };
  if (sniffed.container === 'avi' || sniffed.container === 'mpeg') return { verdict: 'nowhere', sniffed };
  const film = await readFilm(file, sniffed);
  const hasPicture = film ? film.video.length > 0 : sniffed.container !== 'm4a';
  const known = !film || knowsCodecs(film, sniffed, document.createElement('video'));
  const tried = await probe(file, hasPicture);
  const durationMs = film?.durationMs ?? tried.durationMs;
  const length = durationMs === undefined ? {} : { durationMs };
  // The trial counts more than the browser's own word: some play what they deny.
  const plays = tried.result === 'plays' || (tried.result === 'unknown' && known);
  if (!plays) return { verdict: 'not_here', sniffed, ...length };
  return { verdict: hasPicture ? 'fine' : 'sound_only', sniffed, ...length };
}
