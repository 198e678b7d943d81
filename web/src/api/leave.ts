/**
 * Leaves the app for a page of the server's that someone else will see. What the Back button could bring back
 * is emptied first, and this address is not in the history.
 */
export function leaveFor(path: string): void {
  document.body.replaceChildren();
  globalThis.location.replace(path);
}

/** A page that the browser kept whole while it was away (back/forward cache) asks the server again who is here. */
export function askAgainOnReturn(): void {
  globalThis.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    document.body.replaceChildren();
    globalThis.location.reload();
  });
}
