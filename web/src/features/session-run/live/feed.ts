import type { SessionNews, SessionPresence } from '../../../api/types';
import { type Clock, Watchdog } from '../../../time/watchdog';
import type { Film } from './film';
import { ServerClock } from './serverClock';

/** What a session is at this moment, as far as the server tells. */
export interface Live {
  /**
   * `silent`: nothing was heard for 5 s, and nothing of the session may be on the screen.
   * `over`: the session ended, or is this person's no longer; nothing more will come.
   */
  status: 'connecting' | 'alive' | 'silent' | 'over';
  /** The film that whoever leads has on; null when there is none, or when it is not open to this person. */
  film: Film | null;
  /** Of the session. When it changes, ask for the session again. Null before the first word. */
  version: number | null;
  /** The numbers of the fragments that this person may look at now. What is not in it leaves the screen at once. */
  open: readonly number[];
  /** The ids of who has the session on a screen. */
  present: readonly string[];
}

/** A connection to the stream: what comes down it, and that it was refused; `gone`: for good. */
export type Connect = (
  receive: (event: string, data: string) => void,
  refused: (gone: boolean) => void,
) => () => void;

const nothing: Live = { status: 'connecting', film: null, version: null, open: [], present: [] };

/** A connection that is gone, or was refused, is tried again so much later. */
const RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 15_000;

/** One session's stream as a value that changes: for useSyncExternalStore. */
export class Feed {
  private live: Live = nothing;
  private readonly listeners = new Set<() => void>();
  private readonly time = new ServerClock();
  private watchdog: Watchdog | undefined;
  private close: (() => void) | undefined;
  private retry: number | undefined;
  private wait = RETRY_MS;

  constructor(
    private readonly connect: Connect,
    private readonly clock: Clock,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Live => this.live;

  /** The server's clock, in ms since the epoch; null while unknown. */
  readonly serverNow = (): number | null => this.time.at(this.clock.now());

  start(): () => void {
    this.set(nothing);
    this.watchdog = new Watchdog(
      () => this.fallSilent(),
      () => {},
      this.clock,
    );
    this.open();
    return () => this.stop();
  }

  /** A page that is shown again: its timers may have slept. */
  readonly look = (): void => this.watchdog?.check();

  private stop(): void {
    this.watchdog?.stop();
    this.watchdog = undefined;
    this.hangUp();
  }

  private open(): void {
    this.hangUp();
    this.close = this.connect(
      (event, data) => this.receive(event, data),
      (gone) => (gone ? this.end() : this.tryLater()),
    );
  }

  private hangUp(): void {
    if (this.retry !== undefined) this.clock.clearTimeout(this.retry);
    this.retry = undefined;
    this.close?.();
    this.close = undefined;
  }

  private tryLater(): void {
    this.hangUp();
    this.retry = this.clock.setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, SLOWEST_RETRY_MS);
  }

  /** A connection of before a sleep may look open and bring nothing ever: another one is made. */
  private fallSilent(): void {
    this.time.forget();
    this.set({ ...nothing, status: 'silent' });
    if (this.retry === undefined) this.tryLater();
  }

  private receive(event: string, data: string): void {
    const told = read(data);
    if (!told || !this.watchdog) return;
    this.watchdog.heard();
    // What the silence took away comes whole over a new connection only.
    if (!this.close) return;
    this.wait = RETRY_MS;
    if (typeof told.now === 'number') this.time.heard(told.now, this.clock.now());
    if (event === 'over') {
      this.end();
      return;
    }
    this.set({ ...this.live, status: 'alive', ...heard(event, told, this.live) });
  }

  private end(): void {
    this.stop();
    this.set({ ...nothing, status: 'over' });
  }

  private set(live: Live): void {
    this.live = live;
    for (const listener of this.listeners) listener();
  }
}

function heard(event: string, told: Told, before: Live): Partial<Live> {
  switch (event) {
    case 'film':
      return { film: told as unknown as Film };
    case 'session': {
      const { version, open, film } = told as unknown as SessionNews;
      return { version, open, film: film ? before.film : null };
    }
    case 'people':
      return { present: (told as unknown as SessionPresence).present };
    default:
      return {};
  }
}

type Told = Record<string, unknown>;

function read(data: string): Told | null {
  try {
    const parsed: unknown = JSON.parse(data);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Told) : null;
  } catch {
    return null;
  }
}
