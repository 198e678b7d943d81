import { useCallback, useRef } from 'react';
import { flushSync } from 'react-dom';
import { type Draft, emptyDraft, type Prompt } from '../../features/annotations/draft';
import type { Writing } from '../../features/annotations/useWriting';
import type { Player } from '../../features/recording/player';
import { formatTimecode } from '../../time/timecode';

const timesOf = ({ startMs, endMs }: { startMs: number; endMs: number }) => ({
  start: formatTimecode(startMs, true),
  end: formatTimecode(endMs, true),
});

/** Starting a note stops the film; when the note is done, the film goes on if it was running. */
export function useComposing(player: Player, writing: Writing, prompt: Prompt | undefined) {
  const bodyRef = useRef<HTMLTextAreaElement>(null);
  const wasPlaying = useRef(false);
  const { composing, compose } = writing;
  const write = useCallback(
    (draft: Draft) => {
      wasPlaying.current ||= player.snapshot().playing;
      player.pause();
      // At once: who types on after the key loses no letter.
      flushSync(() => compose(draft));
      bodyRef.current?.focus();
    },
    [compose, player],
  );
  // The chosen piece is what the note is about; without one, this moment.
  const start = useCallback(() => {
    const piece = player.piece();
    const draft = composing ?? emptyDraft(player.snapshot().positionMs, prompt);
    write(piece ? { ...draft, ...timesOf(piece) } : draft);
  }, [composing, player, prompt, write]);
  const done = useCallback(() => {
    if (!player.snapshot().looping) player.clearPiece();
    if (wasPlaying.current) player.play();
    wasPlaying.current = false;
  }, [player]);
  return { bodyRef, start, done };
}
