import { useEffect, useState } from 'react';
import { client } from '../../api/client';
import { toApiError } from '../../api/problem';
import type { ObservationForm } from '../../api/types';
import { type Gap, Keeping, type Server, type Unsent } from './keeping';

/** A gap with a lock on it, to which the server has the key. */
interface LockedGap extends Gap {
  unlock: (key: string) => Promise<void>;
  open: () => Promise<Unsent[]>;
  forget: () => void;
}

const AGAIN_MS = 5000;

/** The forms being filled in. Held above the film, so that it outlives a lost connection; in memory, and what is unsent sealed. */
export class Filling {
  private keepings = new Map<string, Keeping>();
  private unsent = new Map<string, Unsent>();
  private over = false;
  /** Which form is open, by the code of its template. */
  open: string | null = null;

  constructor(private readonly gap: LockedGap) {}

  /** Finds what a reload left unsent, as soon as the server gives the key. */
  async unlock(recordingId: string): Promise<void> {
    while (!this.over) {
      try {
        const { data } = await client.GET('/recordings/{recordingId}/draft-key', {
          params: { path: { recordingId } },
        });
        await this.gap.unlock(data?.key ?? '');
        for (const entry of await this.gap.open()) this.unsent.set(entry.id, entry);
        return;
      } catch (error) {
        const { status } = toApiError(error);
        if (status >= 400 && status < 500) return;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  /** Whether something of the form waits from before a reload. */
  waits(form: ObservationForm): boolean {
    return this.unsent.has(form.id);
  }

  /** The one keeper of a form; it takes over what is newer. */
  of(form: ObservationForm, server: Server): Keeping {
    const code = form.template.code;
    const known = this.keepings.get(code);
    known?.take(form);
    const keeping = known ?? new Keeping(form, server, this.gap);
    this.keepings.set(code, keeping);
    return keeping;
  }

  /** Goes on with what waited of a form. */
  resume(form: ObservationForm, server: Server): void {
    const unsent = this.unsent.get(form.id);
    this.unsent.delete(form.id);
    if (unsent) this.of(form, server).resume(unsent);
  }

  /** Of a form that is no longer on the server, but on this screen. */
  known(code: string): Keeping | undefined {
    return this.keepings.get(code);
  }

  drop(code: string): void {
    this.keepings.get(code)?.stop();
    this.keepings.delete(code);
  }

  flush(): void {
    for (const keeping of this.keepings.values()) keeping.flush();
  }

  unkept(): boolean {
    return [...this.keepings.values()].some((keeping) => keeping.unkept());
  }

  /** What may not be seen now is not held either, but for words that are still to be kept. */
  rest(): void {
    for (const [code, keeping] of [...this.keepings]) if (!keeping.unkept()) this.drop(code);
  }

  forget(): void {
    this.over = true;
    for (const code of [...this.keepings.keys()]) this.drop(code);
    this.unsent.clear();
    this.gap.forget();
    this.open = null;
  }
}

/** Keeps what is typed when the page goes out of sight, and asks before it is left with something unkept. */
export function useFilling(recordingId: string, makeGap: (recordingId: string) => LockedGap): Filling {
  const [filling] = useState(() => new Filling(makeGap(recordingId)));
  const [, setUnlocked] = useState(false);
  useEffect(() => {
    void filling.unlock(recordingId).then(() => setUnlocked(true));
  }, [filling, recordingId]);
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') filling.flush();
    };
    const online = () => filling.flush();
    const leaving = (event: BeforeUnloadEvent) => {
      filling.flush();
      if (filling.unkept()) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('online', online);
    window.addEventListener('beforeunload', leaving);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('online', online);
      window.removeEventListener('beforeunload', leaving);
      filling.flush();
    };
  }, [filling]);
  return filling;
}
