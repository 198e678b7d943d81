/** A path of this app to come back to; anything else (another site, "//host") becomes the start. */
export function safeReturnPath(path: string | null): string {
  if (!path || !/^\/(?![/\\])/.test(path)) return '/';
  return path.startsWith('/inloggen') ? '/' : path;
}

export function signInPath(from: string): string {
  const back = safeReturnPath(from);
  return back === '/' ? '/inloggen' : `/inloggen?terug=${encodeURIComponent(back)}`;
}
