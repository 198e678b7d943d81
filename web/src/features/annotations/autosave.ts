import { toApiError } from '../../api/problem';
import type { AnnotationKind } from '../../api/types';
import { isRefusal } from './untilAnswered';

/** A note as it stands in the form, and what it is about. */
export interface Words {
  start: string;
  end: string;
  kind: AnnotationKind;
  body: string;
  tags: string[];
  marker?: string;
  /** The note that is being changed, and the version of it that was read. */
  annotationId?: string;
  baseVersion?: number;
  /** The note it replies to. */
  parentId?: string;
}

export interface Stored {
  version: number;
  words: Words;
}

/** The server's side of drafts. Each rejects with an ApiError. */
export interface Transport {
  /** Keeps words over a version (0: not there yet) and answers the new version. */
  keep: (id: string, version: number, words: Words, leaving: boolean) => Promise<number>;
  find: (id: string) => Promise<Stored | undefined>;
  drop: (id: string, version: number) => Promise<void>;
}

/** What is on this device, sealed, as long as the server has not got it. */
export interface Gap {
  put: (id: string, entry: Stored & { unsure: string[] }) => void;
  remove: (id: string) => void;
}

/** kept: the server has every word. waiting: it has not, and we go on trying. refused: it does not take them as they are. */
export type Kept = 'typing' | 'kept' | 'waiting' | 'refused';

export const QUIET_MS = 800;
const RETRY_MS = 2000;
const RETRY_MAX_MS = 15_000;

/** The typed words alone, to compare by. */
export function typed({ start, end, kind, body, tags, marker, parentId }: Words): string {
  return JSON.stringify([start, end, kind, body, tags, marker ?? null, parentId ?? null]);
}

interface Found {
  id: string;
  version: number;
  /** What the server has, when it has something. */
  acknowledged: Words | null;
}

/**
 * Keeps one draft on the server as it is typed. Whatever happens, the latest words are with the server or in the gap:
 * a draft that another window went on with is left to it, and these words go on under an id of their own.
 */
export class Autosave {
  state: Kept = 'typing';
  private version: number;
  private acknowledged: string | null;
  private sending: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private held = false;
  private ended = false;
  /** Sent, and no answer came: the server may have them. */
  private unsure: string[] = [];

  constructor(
    private words: Words,
    private readonly transport: Transport,
    private readonly gap: Gap,
    private readonly onState: () => void,
    private readonly newId: () => string,
    found?: Found,
    unsure: string[] = [],
  ) {
    this.id = found?.id ?? newId();
    this.version = found?.version ?? 0;
    this.acknowledged = found?.acknowledged ? typed(found.acknowledged) : null;
    this.unsure = unsure;
  }

  id: string;

  get latest(): Words {
    return this.words;
  }

  get stored(): Stored {
    return { version: this.version, words: this.words };
  }

  /** Takes what was typed; it is sent when the typing rests. */
  change(words: Words): void {
    this.words = words;
    if (this.isKept()) {
      this.gap.remove(this.id);
      this.become('kept');
      return;
    }
    this.remember();
    if (this.state !== 'waiting') this.become('typing');
    this.schedule(QUIET_MS);
  }

  /** Sends what is not kept yet, at once. leaving: the page goes away. */
  flush(leaving = false): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending) return this.sending;
    if (this.held || this.ended || this.isKept()) return Promise.resolve();
    this.sending = this.send(leaving).finally(() => {
      this.sending = null;
      if (!this.isKept() && this.state === 'typing') this.schedule(QUIET_MS);
    });
    return this.sending;
  }

  /** Sends nothing more until release, and tells which draft at which version the server acknowledged. */
  async hold(): Promise<{ id: string; version: number }> {
    clearTimeout(this.timer);
    this.held = true;
    await this.sending;
    clearTimeout(this.timer);
    return { id: this.id, version: this.version };
  }

  release(): void {
    this.held = false;
    if (!this.isKept()) this.schedule(0);
  }

  /** From here on under an id of its own. */
  renew(): void {
    this.gap.remove(this.id);
    this.id = this.newId();
    this.version = 0;
    this.acknowledged = null;
    this.unsure = [];
    this.remember();
  }

  /** The note is saved, or what was typed is shown no more: nothing is sent after this. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** Throws the draft away. */
  async drop(): Promise<void> {
    const { id, version } = await this.hold();
    this.end();
    this.gap.remove(id);
    if (version > 0) await this.transport.drop(id, version);
  }

  private isKept(): boolean {
    return typed(this.words) === this.acknowledged;
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    if (!this.held && !this.ended) this.timer = setTimeout(() => void this.flush(), ms);
  }

  private become(state: Kept): void {
    if (state === this.state) return;
    this.state = state;
    this.onState();
  }

  private remember(): void {
    if (!this.ended) this.gap.put(this.id, { ...this.stored, unsure: this.unsure });
  }

  private async send(leaving: boolean): Promise<void> {
    const { words } = this;
    try {
      this.acknowledge(await this.transport.keep(this.id, this.version, words, leaving), words);
    } catch (error) {
      if (toApiError(error).status === 412) return this.overtaken(leaving);
      if (isRefusal(error)) return this.become('refused');
      this.unsure.push(typed(words));
      this.wait();
    }
  }

  private acknowledge(version: number, words: Words): void {
    this.version = version;
    this.acknowledged = typed(words);
    this.unsure = [];
    this.failures = 0;
    if (this.isKept()) this.gap.remove(this.id);
    else this.remember();
    this.become(this.isKept() ? 'kept' : 'typing');
  }

  private wait(): void {
    this.remember();
    this.become('waiting');
    this.schedule(Math.min(RETRY_MS * 2 ** this.failures, RETRY_MAX_MS));
    this.failures += 1;
  }

  /** The server has another version: ours, whose answer got lost, or another window's. */
  private async overtaken(leaving: boolean): Promise<void> {
    let found: Stored | undefined;
    try {
      found = await this.transport.find(this.id);
    } catch {
      return this.wait();
    }
    if (found && this.unsure.includes(typed(found.words))) this.acknowledge(found.version, found.words);
    else this.renew();
    if (!this.isKept() && !this.held && !this.ended) await this.send(leaving);
  }
}
