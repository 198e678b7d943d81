import { readBytes } from './container/film';

const EDGE_BYTES = 64 * 1024;

/**
 * Tells whether a chosen file is the one that was being sent, without keeping anything readable about it:
 * SHA-256 over conversation, size, date and the first and last 64 KiB.
 * Null outside a secure context, where the browser has no SHA-256: then sending cannot go on in another visit.
 */
export async function fingerprint(file: File, conversationId: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const about = new TextEncoder().encode(`${conversationId}\n${file.size}\n${file.lastModified}\n`);
  const first = await readBytes(file, 0, EDGE_BYTES);
  const last = await readBytes(file, Math.max(0, file.size - EDGE_BYTES), EDGE_BYTES);
  const all = new Uint8Array(about.length + first.length + last.length);
  all.set(about);
  all.set(first, about.length);
  all.set(last, about.length + first.length);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
