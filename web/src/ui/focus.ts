/**
 * Gives focus a place when what had it goes away, so that keyboard and screen reader go on from there
 * and not from the top of the page. The place is a heading or <main> with tabindex -1.
 */
export function moveFocusTo(id: string): void {
  // After the render that takes the old place away.
  requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));
}
