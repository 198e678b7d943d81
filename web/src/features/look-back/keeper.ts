import type { LookBack, LookBackChange } from '../../api/types';

/** kept: the server has everything. keeping: on its way. waiting: it did not get there yet; it is tried again. */
export type Keeping = 'kept' | 'keeping' | 'waiting';

interface KeeperState {
  /** What the server does not have yet, over what it has. */
  unkept: LookBackChange;
  keeping: Keeping;
}

/** After the last key: soon enough that a reload loses no word, late enough to send words and not letters. */
const PAUSE_MS = 500;
const AGAIN_MS = 3000;

type Send = (change: LookBackChange, leaving: boolean) => Promise<LookBack>;

/**
 * Keeps what changes of a look-back as it changes, one send at a time. Of each field the newest value is sent;
 * what did not arrive waits in memory, never on the device, and is tried again.
 */
export class Keeper {
  private waiting: LookBackChange = {};
  private sending: LookBackChange | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private state: KeeperState = { unkept: {}, keeping: 'kept' };
  private ended = false;

  constructor(
    private readonly send: Send,
    /** Takes what the server has now. */
    private readonly onKept: (lookBack: LookBack) => void,
    /** Whether trying again makes sense. */
    private readonly isFinal: (error: unknown) => boolean,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): KeeperState => this.state;

  readonly keep = (change: LookBackChange): void => {
    if (this.ended) return;
    this.waiting = { ...this.waiting, ...change };
    this.tell('keeping');
    this.later(PAUSE_MS);
  };

  /** Sends at once what waits; leaving: also when the page goes away meanwhile. */
  readonly flush = async (leaving = false): Promise<void> => {
    clearTimeout(this.timer);
    if (this.sending || Object.keys(this.waiting).length === 0) return;
    this.sending = this.waiting;
    this.waiting = {};
    try {
      const kept = await this.send(this.sending, leaving);
      this.sending = null;
      this.onKept(kept);
    } catch (error) {
      this.failed(error);
      return;
    }
    const more = Object.keys(this.waiting).length > 0;
    this.tell(more ? 'keeping' : 'kept');
    if (more) this.later(PAUSE_MS);
  };

  /** The recording is gone: nothing of it stays in memory, nothing is sent any more. */
  readonly forget = (): void => {
    clearTimeout(this.timer);
    this.ended = true;
    this.waiting = {};
    this.sending = null;
    this.tell('kept');
  };

  private failed(error: unknown): void {
    const lost = this.isFinal(error);
    this.waiting = this.ended || lost ? this.waiting : { ...this.sending, ...this.waiting };
    this.sending = null;
    const more = Object.keys(this.waiting).length > 0;
    this.tell(more ? 'waiting' : 'kept');
    if (more) this.later(AGAIN_MS);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private tell(keeping: Keeping): void {
    this.state = { unkept: { ...this.sending, ...this.waiting }, keeping };
    for (const listener of this.listeners) listener();
  }
}

/** What someone sees: what the server has, with what is not there yet over it. */
export function over(kept: LookBack, unkept: LookBackChange): LookBack {
  const all = { ...kept, ...unkept };
  // null takes a choice back.
  return {
    ...all,
    begin: all.begin ?? undefined,
    phase: all.phase ?? undefined,
    step: all.step ?? undefined,
  };
}
