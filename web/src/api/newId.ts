/** A UUID of 16 bytes (RFC 9562). Also where there is no secure context, which randomUUID wants. */
function uuidOf(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** An id that says nothing, also not when it was made (version 4). */
export function newId(): string {
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** An id in order of time, like the server's own (version 7). */
export function newIdInTime(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  return uuidOf(bytes, 7);
}
