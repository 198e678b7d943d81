import { useLayoutEffect, useRef } from 'react';

/** What is said at this moment, in which language. */
export interface Said {
  language: string;
  lines: string;
}

interface CaptionTrackProps {
  src: string;
  language: string;
  label: string;
  shown: boolean;
  onSaid: (said: Said | null) => void;
}

/** Captions are plain lines (the server wrote them so): their text is what one reads. */
const linesOf = (cues: readonly TextTrackCue[]): string =>
  cues.map((cue) => (cue as VTTCue).getCueAsHTML().textContent).join('\n');

/** Before a film has moved, browsers call no cue active. */
function cuesAt(track: TextTrack, seconds: number): TextTrackCue[] {
  return [...(track.cues ?? [])].filter(
    ({ startTime, endTime }) => startTime <= seconds && seconds < endTime,
  );
}

/**
 * Captions in one language. The browser fetches them when they are first shown and tells which are said now;
 * it does not draw them: on a phone its letters are too small to read.
 */
export function CaptionTrack({ src, language, label, shown, onSaid }: CaptionTrackProps) {
  const ref = useRef<HTMLTrackElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const { track } = element;
    track.mode = shown ? 'hidden' : 'disabled';
    if (!shown) return undefined;
    const say = (cues: readonly TextTrackCue[]) =>
      onSaid(cues.length === 0 ? null : { language, lines: linesOf(cues) });
    const onChange = () => say([...(track.activeCues ?? [])]);
    const onLoad = () => say(cuesAt(track, element.closest('video')?.currentTime ?? 0));
    onLoad();
    track.addEventListener('cuechange', onChange);
    element.addEventListener('load', onLoad);
    return () => {
      track.removeEventListener('cuechange', onChange);
      element.removeEventListener('load', onLoad);
      onSaid(null);
    };
  }, [language, onSaid, shown]);
  return <track ref={ref} kind="captions" src={src} srcLang={language} label={label} />;
}
