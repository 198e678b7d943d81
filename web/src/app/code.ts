import { type ComponentType, useSyncExternalStore } from 'react';
import { renewApp } from './renewal';

/** How many screens are waited for. What is only preloaded is not. */
let waited = 0;
const listeners = new Set<() => void>();

function wait(change: 1 | -1): void {
  waited += change;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a screen that was asked for is still on its way. */
export function useScreenComing(): boolean {
  return useSyncExternalStore(subscribe, () => waited > 0);
}

/** The code of a screen, fetched when it is first needed or a moment before. */
export class Code<P extends object = object> {
  Screen: ComponentType<P> | undefined;
  /** It did not come. Whoever asks again clears this. */
  failed = false;
  private fetching: Promise<void> | undefined;
  private coming: Promise<void> | undefined;

  constructor(
    private readonly load: () => Promise<ComponentType<P>>,
    private readonly renew: () => Promise<boolean> = renewApp,
  ) {}

  /** Rejects if it does not come; then the next one fetches anew. */
  preload(): Promise<void> {
    this.fetching ??= this.load()
      .then((loaded) => {
        this.Screen = loaded;
      })
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
  }

  /** Ends when there is something to show: the screen, or that it did not come. */
  come(): Promise<void> {
    this.coming ??= this.waitFor().finally(() => {
      this.coming = undefined;
    });
    return this.coming;
  }

  private async waitFor(): Promise<void> {
    await Promise.resolve(); // a screen is being rendered now: the others are told after that
    wait(1);
    try {
      await this.preload();
    } catch {
      // A page that is about to be loaded anew shows no error meanwhile.
      if (await this.renew()) await new Promise(() => {});
      this.failed = true;
    } finally {
      wait(-1);
    }
  }
}
