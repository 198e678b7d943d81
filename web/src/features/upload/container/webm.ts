import { type Film, readBytes, type Source } from './film';

/** Tracks stand before the first cluster; browsers and cameras write them within the first KiB. */
const HEAD_BYTES = 256 * 1024;

const id = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
};
const infoId = { timestampScale: 0x2ad7b1, duration: 0x4489 };
const trackId = { entry: 0xae, type: 0x83, codec: 0x86 };

interface Element {
  id: number;
  start: number;
  end: number;
}

/** An EBML variable-length number (RFC 8794, 4); null for "unknown size". */
function readVint(
  bytes: Uint8Array,
  at: number,
  keepMarker: boolean,
): { value: number | null; next: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  let allOnes = (first | (0xff << (8 - length))) % 256 === 0xff;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    value = value * 256 + byte;
    allOnes &&= byte === 0xff;
  }
  return { value: allOnes && !keepMarker ? null : value, next: at + length };
}

function elements(bytes: Uint8Array, start: number, end: number): Element[] {
  const found: Element[] = [];
  for (let at = start; at < end; ) {
    const name = readVint(bytes, at, true);
    const size = name && readVint(bytes, name.next, false);
    if (!name || !size || name.value === null) break;
    const contentEnd = size.value === null ? end : size.next + size.value;
    found.push({ id: name.value, start: size.next, end: Math.min(contentEnd, end) });
    if (name.value === id.cluster) break;
    at = contentEnd;
  }
  return found;
}

function unsigned(bytes: Uint8Array, element: Element): number {
  let value = 0;
  for (const byte of bytes.subarray(element.start, element.end)) value = value * 256 + byte;
  return value;
}

function float(bytes: Uint8Array, element: Element): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + element.start, element.end - element.start);
  return view.byteLength === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

const codecs: Readonly<Record<string, string>> = {
  V_VP8: 'vp8',
  V_VP9: 'vp09.00.10.08',
  V_AV1: 'av01.0.04M.08',
  'V_MPEG4/ISO/AVC': 'avc1.42E01E',
  'V_MPEGH/ISO/HEVC': 'hvc1.1.6.L93.B0',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis',
  A_AAC: 'mp4a.40.2',
};

function readInfo(bytes: Uint8Array, info: Element, film: Film): void {
  const fields = elements(bytes, info.start, info.end);
  const scale = fields.find((field) => field.id === infoId.timestampScale);
  const duration = fields.find((field) => field.id === infoId.duration);
  if (!duration) return;
  const nanoseconds = float(bytes, duration) * (scale ? unsigned(bytes, scale) : 1_000_000);
  if (nanoseconds > 0) film.durationMs = Math.round(nanoseconds / 1_000_000);
}

function readTracks(bytes: Uint8Array, tracks: Element, film: Film): void {
  for (const entry of elements(bytes, tracks.start, tracks.end).filter(
    (field) => field.id === trackId.entry,
  )) {
    const fields = elements(bytes, entry.start, entry.end);
    const codec = fields.find((field) => field.id === trackId.codec);
    const type = fields.find((field) => field.id === trackId.type);
    if (!codec || !type) continue;
    const name = String.fromCharCode(...bytes.subarray(codec.start, codec.end)).replace(/\0+$/, '');
    const kind = unsigned(bytes, type);
    if (kind === 1) film.video.push(codecs[name] ?? name);
    if (kind === 2) film.audio.push(codecs[name] ?? name);
  }
}

/** Reads the head of a WebM or Matroska file; null when it holds no tracks. */
export async function readWebm(source: Source): Promise<Film | null> {
  const bytes = await readBytes(source, 0, HEAD_BYTES);
  const segment = elements(bytes, 0, bytes.length).find((element) => element.id === id.segment);
  if (!segment) return null;
  const film: Film = { video: [], audio: [] };
  const parts = elements(bytes, segment.start, segment.end);
  const tracks = parts.find((part) => part.id === id.tracks);
  if (!tracks) return null;
  const info = parts.find((part) => part.id === id.info);
  if (info) readInfo(bytes, info, film);
  readTracks(bytes, tracks, film);
  return film;
}
