/** How long the browser may take to show that it can play a file, in ms. */
const PROBE_MS = 6000;

export type Probe = 'plays' | 'fails' | 'unknown';

/** Lets the browser try the file itself, out of sight and without sound; nothing leaves the computer. */
export function probe(file: Blob, expectPicture: boolean): Promise<{ result: Probe; durationMs?: number }> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    const url = URL.createObjectURL(file);
    const finish = (result: Probe) => {
      window.clearTimeout(timer);
      const durationMs = Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : undefined;
      video.onloadeddata = null;
      video.onerror = null;
      video.removeAttribute('src');
      video.load();
      URL.revokeObjectURL(url);
      resolve(durationMs ? { result, durationMs } : { result });
    };
    const timer = window.setTimeout(() => finish('unknown'), PROBE_MS);
    video.muted = true;
    video.preload = 'auto';
    // A browser that cannot decode the picture plays the sound alone, with no width.
    video.onloadeddata = () => finish(expectPicture && video.videoWidth === 0 ? 'fails' : 'plays');
    video.onerror = () => finish('fails');
    video.src = url;
  });
}
