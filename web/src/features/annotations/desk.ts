import { newIdInTime } from '../../api/newId';
import { Autosave, type Kept, typed, type Words } from './autosave';
import type { DraftCalls } from './draftCalls';
import type { GapEntry, SealedGap } from './sealedGap';
import { isRefusal, pause } from './untilAnswered';

/** Something that was not finished: on the server, or only in this tab. */
export interface Unfinished {
  id: string;
  version: number;
  words: Words;
  /** What the server has of it. */
  acknowledged: Words | null;
  unsure: string[];
}

/** A draft's id, known before the server is reached. */
export const newDraftId = newIdInTime;

/** Lays what this tab holds over what the server has. */
function unfinishedOf(
  stored: readonly { id: string; version: number; words: Words }[],
  gap: readonly GapEntry[],
): Unfinished[] {
  const found: Unfinished[] = [];
  const continued = new Set<string>();
  for (const entry of gap) {
    const kept = stored.find(({ id }) => id === entry.id);
    const ours = kept && (kept.version === entry.version || entry.unsure.includes(typed(kept.words)));
    if (ours) {
      continued.add(entry.id);
      found.push({ ...entry, version: kept.version, acknowledged: kept.words });
    } else {
      // Another window went on with it, or it never reached the server.
      found.push({
        ...entry,
        id: kept || entry.version > 0 ? newDraftId() : entry.id,
        version: 0,
        acknowledged: null,
      });
    }
  }
  for (const draft of stored) {
    if (!continued.has(draft.id)) found.push({ ...draft, acknowledged: draft.words, unsure: [] });
  }
  return found.filter(({ words: { body, marker } }) => body.trim() !== '' || marker !== undefined);
}

/** Whether the server lacks words of it. */
const isUnsent = ({ words, acknowledged }: Unfinished) =>
  acknowledged === null || typed(words) !== typed(acknowledged);

type Listener = () => void;

/** Everything that is being typed on one recording, by the form it is typed in. */
export class Desk {
  private readonly slots = new Map<string, Autosave>();
  private readonly listeners = new Set<Listener>();
  private over = false;

  constructor(
    private readonly calls: DraftCalls,
    private readonly gap: SealedGap,
  ) {}

  /** Fetches the key, and what was not finished. Tries until it is answered. */
  async open(): Promise<Unfinished[]> {
    while (!this.over) {
      try {
        await this.gap.unlock(await this.calls.key());
        const [stored, gap] = [await this.calls.list(), await this.gap.open()];
        const found = unfinishedOf(stored, gap);
        for (const { id, ...entry } of found.filter(isUnsent)) this.gap.put(id, entry);
        for (const { id } of gap)
          if (!found.some((still) => still.id === id && isUnsent(still))) this.gap.remove(id);
        return found.filter(({ id }) => ![...this.slots.values()].some((slot) => slot.id === id));
      } catch (error) {
        if (isRefusal(error)) return [];
        await pause(5000);
      }
    }
    return [];
  }

  typed(slot: string, words: Words): void {
    const draft = this.slots.get(slot);
    if (draft) draft.change(words);
    else if (words.body.trim() !== '') this.start(slot, words).change(words);
  }

  resume(slot: string, { words, unsure, ...found }: Unfinished): void {
    if (this.putBack(slot, found.id)) return;
    this.start(slot, words, found, unsure).change(words);
  }

  state(slot: string): Kept | null {
    return this.slots.get(slot)?.state ?? null;
  }

  /** What is waiting anywhere: shown where no form is. */
  get isWaiting(): boolean {
    return [...this.slots.values()].some(({ state }) => state === 'waiting');
  }

  /** Before a note is saved from a form: nothing more is sent of it. */
  async hold(slot: string): Promise<{ draft?: { id: string; version: number } }> {
    const draft = this.slots.get(slot);
    return draft ? { draft: await draft.hold() } : {};
  }

  /** The note was not saved. changed: its draft became a note before, and another one now. */
  release(slot: string, changed: boolean): void {
    if (changed) this.slots.get(slot)?.renew();
    this.slots.get(slot)?.release();
  }

  /** The server has the note: nothing of it is kept on this device any more. */
  clear(slot: string): void {
    const draft = this.slots.get(slot);
    if (draft) this.gap.remove(draft.id);
  }

  /** The note was saved: the server has thrown its draft away. */
  saved(slot: string): void {
    const draft = this.slots.get(slot);
    draft?.end();
    if (draft) this.gap.remove(draft.id);
    this.slots.delete(slot);
    this.tell();
  }

  /** Takes a draft off its form; it stays kept until it is dropped. */
  takeOff(slot: string): Unfinished | null {
    const draft = this.slots.get(slot);
    if (!draft) return null;
    void draft.flush();
    this.slots.delete(slot);
    this.slots.set(`off:${draft.id}`, draft);
    this.tell();
    return {
      id: draft.id,
      version: draft.stored.version,
      words: draft.latest,
      acknowledged: null,
      unsure: [],
    };
  }

  /** Puts a draft that was taken off on a form again. */
  putBack(slot: string, id: string): boolean {
    const draft = this.slots.get(`off:${id}`);
    if (!draft) return false;
    this.slots.delete(`off:${id}`);
    this.slots.set(slot, draft);
    this.tell();
    return true;
  }

  /** Throws away what was taken off, or was found unfinished. */
  async drop({ id, version }: Unfinished): Promise<void> {
    const draft = this.slots.get(`off:${id}`);
    this.slots.delete(`off:${id}`);
    if (draft) return draft.drop();
    this.gap.remove(id);
    if (version > 0) await this.calls.drop(id, version);
  }

  flush(leaving = false): void {
    for (const draft of this.slots.values()) void draft.flush(leaving);
  }

  /** The recording is over. */
  forget(): void {
    this.over = true;
    for (const draft of this.slots.values()) draft.end();
    this.slots.clear();
    this.gap.forget();
    this.tell();
  }

  /** The screen is left: what is not sent yet is sent, and stays in this tab until it is. */
  leave(): void {
    this.flush(true);
    this.over = true;
    for (const draft of this.slots.values()) draft.end();
    this.slots.clear();
  }

  /** Back on the screen (React mounts twice while developing). */
  enter(): void {
    this.over = false;
  }

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private start(
    slot: string,
    words: Words,
    found?: Omit<Unfinished, 'words' | 'unsure'>,
    unsure: string[] = [],
  ) {
    const draft = new Autosave(words, this.calls, this.gap, () => this.tell(), newDraftId, found, unsure);
    this.slots.set(slot, draft);
    this.tell();
    return draft;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
