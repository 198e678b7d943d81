import type { Stored } from './autosave';

const PREFIX = 'vakspiegel.unsent.';

export interface GapEntry extends Stored {
  id: string;
  unsure: string[];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** Counts sign-outs: what was still being sealed then is not written after it. */
let signOuts = 0;

/** Removes whatever of recordings waits in this tab: at sign-out. */
export function forgetUnsent(storage: Storage = globalThis.sessionStorage): void {
  signOuts += 1;
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}

/**
 * Holds in this tab what the server has not got yet, so that it survives a reload: sealed (AES-GCM) under a key that
 * only the server gives, to this person, and that is held in memory alone. Nothing readable is on the device, and
 * when the recording is erased nothing opens it any more. Without WebCrypto (plain http) it holds nothing at all.
 */
export class SealedGap<Entry extends { id: string } = GapEntry> {
  private key: CryptoKey | null = null;
  /** Per draft, the latest turn: sealing takes a moment, and an older turn must not write over a newer one. */
  private readonly turns = new Map<string, number>();
  private readonly waiting = new Map<string, Omit<Entry, 'id'>>();
  private over = false;
  private readonly since = signOuts;

  constructor(
    private readonly recordingId: string,
    private readonly storage: Storage = globalThis.sessionStorage,
    private readonly subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null,
  ) {}

  /** Takes the server's key (base64); what was typed before it came is sealed now. */
  async unlock(key: string): Promise<void> {
    if (!this.subtle || this.over) return;
    this.key = await this.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
    for (const [id, entry] of this.waiting) this.put(id, entry);
    this.waiting.clear();
  }

  put(id: string, entry: Omit<Entry, 'id'>): void {
    if (this.over) return;
    if (this.key) void this.seal(id, entry, this.turn(id));
    else this.waiting.set(id, entry);
  }

  remove(id: string): void {
    this.turn(id);
    this.waiting.delete(id);
    this.storage.removeItem(this.nameOf(id));
  }

  /** What is here of this recording. What this person's key does not open is removed. */
  async open(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const name of Object.keys(this.storage)) {
      if (!name.startsWith(this.nameOf(''))) continue;
      const entry = await this.unseal(name);
      if (entry) entries.push(entry);
      else if (this.key) this.storage.removeItem(name);
    }
    return entries;
  }

  /** The recording is over: nothing of it stays here, and nothing comes here any more. */
  forget(): void {
    this.over = true;
    this.key = null;
    this.waiting.clear();
    for (const name of Object.keys(this.storage)) {
      if (name.startsWith(this.nameOf(''))) this.storage.removeItem(name);
    }
  }

  private nameOf(id: string): string {
    return `${PREFIX}${this.recordingId}.${id}`;
  }

  private turn(id: string): number {
    const turn = (this.turns.get(id) ?? 0) + 1;
    this.turns.set(id, turn);
    return turn;
  }

  private sealing(name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  }

  private async seal(id: string, entry: Omit<Entry, 'id'>, turn: number): Promise<void> {
    if (!this.subtle || !this.key) return;
    const name = this.nameOf(id);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ id, ...entry }));
    const sealed = new Uint8Array(await this.subtle.encrypt(this.sealing(name, iv), this.key, plain));
    if (this.over || this.since !== signOuts || this.turns.get(id) !== turn) return;
    try {
      this.storage.setItem(name, `${toBase64(iv)}.${toBase64(sealed)}`);
    } catch {
      // A full or forbidden storage: memory has to do.
    }
  }

  private async unseal(name: string): Promise<Entry | null> {
    const [iv, sealed] = (this.storage.getItem(name) ?? '').split('.');
    if (!this.subtle || !this.key || !iv || !sealed) return null;
    try {
      const plain = await this.subtle.decrypt(
        this.sealing(name, fromBase64(iv)),
        this.key,
        fromBase64(sealed),
      );
      return JSON.parse(new TextDecoder().decode(plain)) as Entry;
    } catch {
      return null;
    }
  }
}
