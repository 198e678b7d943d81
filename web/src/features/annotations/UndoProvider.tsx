import { Button } from '@utrecht/component-library-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { useShowing } from '../../ui/useShowing';
import { NOTES_TITLE } from './notesTitle';
import { type Undoable, UndoContext } from './undo';
import { untilAnswered } from './untilAnswered';

/** As long as the server gives; it has a little more for what is on its way. */
const UNDO_MS = 10_000;
const TYPING = 'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]';

interface Bar {
  text: string;
  undoable?: Undoable;
}

/** Ctrl+Z, but not while typing: there it is the browser's. */
function useUndoKey(undo: (() => void) | null) {
  useEffect(() => {
    if (!undo) return undefined;
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const typing = event.target instanceof Element && event.target.closest(TYPING) !== null;
      if (!isUndo || typing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [undo]);
}

function useBar() {
  const announce = useAnnounce();
  const [bar, setBar] = useState<Bar | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const pending = useRef<Undoable | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    if (button.current?.ownerDocument.activeElement === button.current) moveFocusTo(NOTES_TITLE);
    setBar(null);
  }, []);
  /** What was offered is no longer offered. */
  const settle = useCallback(() => {
    pending.current?.settle?.();
    pending.current = null;
  }, []);
  const show = useCallback(
    (next: Bar, stays: boolean) => {
      clearTimeout(timer.current);
      setBar(next);
      announce(next.undoable ? `${next.text} ${next.undoable.label}: Ctrl Z.` : next.text);
      if (stays) return;
      timer.current = setTimeout(() => {
        settle();
        clear();
      }, UNDO_MS);
    },
    [announce, clear, settle],
  );
  return { bar, button, pending, show, settle, clear, announce };
}

/** The bar below that offers to take back what was just done. It is held above the notes, so that it outlives a lost connection. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('annotations');
  const { bar, button, pending, show, settle, clear, announce } = useBar();
  const [waiting] = useState(() => ({ abort: new AbortController() }));
  useEffect(() => {
    waiting.abort = new AbortController();
    return () => {
      waiting.abort.abort();
      settle();
    };
  }, [settle, waiting]);
  const actions = useMemo(
    () => ({
      offer: (undoable: Undoable) => {
        settle();
        pending.current = undoable;
        show({ text: undoable.text, undoable }, false);
      },
      insist: async <T,>(act: () => Promise<T>, text: string): Promise<T> => {
        let silent = false;
        const answer = untilAnswered(
          act,
          () => {
            if (!silent) show({ text }, true);
            silent = true;
          },
          waiting.abort.signal,
        );
        return answer.finally(() => silent && clear());
      },
      tell: (text: string) => show({ text }, false),
    }),
    [clear, pending, settle, show, waiting],
  );
  const undo = useCallback(async () => {
    const { current: undoable } = pending;
    if (!undoable) return;
    pending.current = null;
    clear();
    try {
      await actions.insist(undoable.undo, t('undo.waiting'));
      announce(undoable.done);
    } catch {
      if (!waiting.abort.signal.aborted) actions.tell(undoable.late);
    }
  }, [actions, announce, clear, pending, t, waiting]);
  useEffect(() => {
    if (bar?.undoable?.focus) button.current?.focus({ preventScroll: true });
  }, [bar, button]);
  useShowing('undo', bar !== null);
  useUndoKey(bar?.undoable ? undo : null);
  return (
    <UndoContext.Provider value={actions}>
      {children}
      {bar && (
        <section className="vs-undo" aria-label={t('undo.label')}>
          <span>{bar.text}</span>
          {bar.undoable && (
            <Button ref={button} appearance="secondary-action-button" onClick={() => void undo()}>
              {bar.undoable.label}
            </Button>
          )}
        </section>
      )}
    </UndoContext.Provider>
  );
}
