/**
 * Gives focus a place when what had it goes away, so that keyboard and screen reader go on from there
 * and not from the top of the page. The place is a heading or <main> with tabindex -1.
 */
export function moveFocusTo(id: string): void {
  // After the render that takes the old place away.
  requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));
}

/** What one works in stays in sight when a page changes above it; words go on in a field that nobody sees otherwise. */
export function keepFocusInSight(): void {
  requestAnimationFrame(() => {
    const at = document.activeElement;
    if (!at?.closest('main')) return;
    const { top, bottom } = at.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) at.scrollIntoView({ block: 'nearest' });
  });
}
