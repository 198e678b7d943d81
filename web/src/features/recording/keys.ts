import { useCallback, useEffect, useState } from 'react';

export type KeyBindings = Readonly<Record<string, () => void>>;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type)
  );
}

function belongsToControl(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof Element)) return false;
  if (key === ' ' && target.closest('button, a, summary, input')) return true;
  return key.startsWith('Arrow') && target.closest('input') !== null;
}

/** The name a key is bound by: in lower case, the space bar as "space". */
function keyName(event: KeyboardEvent): string {
  if (event.key === ' ') return 'space';
  return event.key.toLowerCase();
}

/** Whether a key is meant for the page: not while typing, not with Ctrl or Alt, not while a dialog is open. */
function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isTyping(event.target) || belongsToControl(event)) return false;
  return document.querySelector('dialog[open]') === null;
}

/** Single keys for the whole page; off when enabled is false (WCAG 2.1.4). */
export function useKeys(bindings: KeyBindings, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const press = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const action = bindings[keyName(event)];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [bindings, enabled]);
}

const KEYS_OFF = 'vakspiegel.keys';

/** Whether single keys act. That they are off is remembered on this device; nothing else is. */
export function useKeysOn(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(KEYS_OFF) !== 'off');
  const keep = useCallback((wanted: boolean) => {
    if (wanted) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, 'off');
    setOn(wanted);
  }, []);
  return [on, keep];
}
