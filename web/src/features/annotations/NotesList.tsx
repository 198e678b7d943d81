import { type FocusEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Annotation } from '../../api/types';
import { SHORT_LIST, useLongList } from './longList';
import type { Place } from './Thread';
import type { Threads } from './threads';

interface NotesListProps {
  threads: Threads;
  currentId: string | null;
  /** Of which something is being typed: they stay in the page. */
  typedIds: readonly string[];
  /** One note with its replies; in a long list with its place. */
  children: (note: Annotation, place?: Place) => ReactNode;
}

/** The notes by position. Of many, only those in sight are in the page. */
export function NotesList(props: NotesListProps) {
  const { items } = props.threads;
  if (items.length > SHORT_LIST) return <LongList {...props} />;
  return <ol className="vs-notes__list">{items.map((note) => props.children(note))}</ol>;
}

const noteIn = (target: EventTarget | null): string | null =>
  (target as Element | null)?.closest<HTMLElement>('[data-note]')?.dataset.note ?? null;

function LongList({ threads, currentId, typedIds, children }: NotesListProps) {
  const { items } = threads;
  const list = useRef<HTMLOListElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const places = useMemo(() => new Map(items.map(({ id }, index) => [id, index])), [items]);
  // What has the focus does not go, nor what Tab leads to; nor what is being typed.
  const pinned = useMemo(() => {
    const focused = focusedId === null ? undefined : places.get(focusedId);
    const around = focused === undefined ? [] : [focused - 1, focused, focused + 1];
    const typed = typedIds.flatMap((id) => places.get(id) ?? []);
    return [...typed, ...around.filter((at) => items[at] !== undefined)];
  }, [focusedId, items, places, typedIds]);
  const { notes, follows } = useLongList(list, threads, pinned);

  // The note of the moment comes into view, in its own list only: never the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each note that becomes the current one
  useEffect(() => {
    const at = currentId === null ? undefined : places.get(currentId);
    const { scrollOffset, scrollRect, measurementsCache } = notes;
    const note = at === undefined ? undefined : measurementsCache[at];
    if (!follows || !note || scrollOffset === null || !scrollRect) return;
    const top = scrollOffset + notes.options.scrollPaddingStart;
    if (note.start < top || note.end > scrollOffset + scrollRect.height) {
      notes.scrollToIndex(note.index, { align: 'start' });
    }
  }, [currentId]);

  const leave = (event: FocusEvent) => setFocusedId(noteIn(event.relatedTarget));
  return (
    <ol
      ref={list}
      className="vs-notes__list vs-notes__list--long"
      style={{ blockSize: notes.getTotalSize() }}
      onFocus={(event) => setFocusedId(noteIn(event.target))}
      onBlur={leave}
    >
      {notes.getVirtualItems().map(({ index, start }) => {
        const note = items[index];
        return (
          note &&
          children(note, {
            index,
            count: items.length,
            topPx: start - notes.options.scrollMargin,
            measure: notes.measureElement,
          })
        );
      })}
    </ol>
  );
}
