/** The name of the app's code, which is another one for another version. */
function entryOf(page: Document): string | null {
  return page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;
}

/** Whether the server has another version of the app than this tab; false when it does not answer. */
async function isOutdated(): Promise<boolean> {
  try {
    const answer = await fetch('/inloggen', { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (!answer.ok) return false;
    const there = entryOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    return there !== null && there !== entryOf(document);
  } catch {
    return false;
  }
}

/** Whether something on screen would be lost by loading the page anew: a film that is sent, words not kept. */
function wouldLose(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented;
}

/** From which version this tab went on to another one: never twice, while servers of both answer. */
const RENEWED = 'vakspiegel.renewed';

/**
 * Loads the page anew if the server has a newer app than this tab, once, and never over something that is not kept.
 * The answer says whether it does.
 */
export async function renewApp(reload = () => globalThis.location.reload()): Promise<boolean> {
  const own = entryOf(document) ?? '';
  if (sessionStorage.getItem(RENEWED) === own || !(await isOutdated()) || wouldLose()) return false;
  sessionStorage.setItem(RENEWED, own);
  reload();
  return true;
}
