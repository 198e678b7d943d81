const CHANNEL = 'vakspiegel-session';

const OUT = 'out';
const leavers = new Set<() => void>();

/** Calls listener when someone signs out, in this tab or another. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  leavers.add(listener);
  return () => leavers.delete(listener);
}

function left(): void {
  for (const listener of leavers) listener();
}

/** Tells this tab and the others of this browser that someone signs out. */
export function announceSignOut(): void {
  left();
  announceSession(OUT);
}

/** Tells the other tabs of this browser that someone signed in or out. */
export function announceSession(what = 'changed'): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(what);
  channel.close();
}

/** Calls listener when another tab signed in or out. Returns the way to stop. */
export function onSessionChanged(listener: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (data === OUT) left();
    listener();
  };
  return () => channel.close();
}
