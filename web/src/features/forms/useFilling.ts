import { useEffect, useState } from 'react';
import type { ObservationForm } from '../../api/types';
import { Keeping, type Server } from './keeping';

/** The forms being filled in. Held above the film, so that it outlives a lost connection; in memory only. */
export class Filling {
  private keepings = new Map<string, Keeping>();
  /** Which form is open, by the code of its template. */
  open: string | null = null;

  /** The one keeper of a form; it takes over what is newer. */
  of(form: ObservationForm, server: Server): Keeping {
    const code = form.template.code;
    const known = this.keepings.get(code);
    if (known) {
      known.take(form);
      return known;
    }
    const keeping = new Keeping(form, server);
    this.keepings.set(code, keeping);
    return keeping;
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
    for (const code of [...this.keepings.keys()]) this.drop(code);
    this.open = null;
  }
}

/** Keeps what is typed when the page goes out of sight, and asks before it is left with something unkept. */
export function useFilling(): Filling {
  const [filling] = useState(() => new Filling());
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
