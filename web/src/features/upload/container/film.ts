/** What a film's own index tells. */
export interface Film {
  durationMs?: number;
  /** Codecs as in RFC 6381, for HTMLMediaElement.canPlayType. */
  video: string[];
  audio: string[];
}

/** The part of a Blob that the readers need; a File is one. */
export interface Source {
  readonly size: number;
  slice(start: number, end: number): Blob;
}

export async function readBytes(source: Source, start: number, length: number): Promise<Uint8Array> {
  const end = Math.min(source.size, start + length);
  if (end <= start) return new Uint8Array();
  return new Uint8Array(await source.slice(start, end).arrayBuffer());
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
