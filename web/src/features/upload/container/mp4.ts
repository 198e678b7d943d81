import { type Film, readBytes, type Source, viewOf } from './film';

/** An index of an hour of film is some MiB; more than this is not read. */
const MAX_MOOV_BYTES = 64 * 1024 * 1024;
const MAX_TOP_BOXES = 1000;

interface Box {
  type: string;
  /** Where the content begins and the box ends, from the start of what was read. */
  start: number;
  end: number;
}

function fourCC(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

/** A box header (ISO/IEC 14496-12, 4.2): size, type, and for size 1 a 64-bit size. */
function readHeader(view: DataView, at: number, limit: number): Box | null {
  if (at + 8 > view.byteLength) return null;
  let size = view.getUint32(at);
  let header = 8;
  if (size === 1) {
    if (at + 16 > view.byteLength) return null;
    size = Number(view.getBigUint64(at + 8));
    header = 16;
  } else if (size === 0) {
    size = limit - at;
  }
  if (size < header) return null;
  return { type: fourCC(view, at + 4), start: at + header, end: at + size };
}

function children(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  const limit = Math.min(end, view.byteLength);
  for (let at = start; at < limit; ) {
    const box = readHeader(view, at, limit);
    if (!box || box.end > limit) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

function find(view: DataView, parent: Box, ...path: string[]): Box | undefined {
  let box: Box | undefined = parent;
  for (const type of path) {
    box = box && children(view, box.start, box.end).find((child) => child.type === type);
  }
  return box;
}

const hex = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase();

/** avc1.PPCCLL from the AVCDecoderConfigurationRecord (ISO/IEC 14496-15). */
function avcCodec(view: DataView, type: string, config: Box): string {
  const at = config.start;
  return `${type}.${hex(view.getUint8(at + 1))}${hex(view.getUint8(at + 2))}${hex(view.getUint8(at + 3))}`;
}

/** hvc1.P.C.TL… from the HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, annex E). */
function hevcCodec(view: DataView, type: string, config: Box): string {
  const at = config.start;
  const profileByte = view.getUint8(at + 1);
  const space = ['', 'A', 'B', 'C'][profileByte >> 6];
  const tier = profileByte & 0x20 ? 'H' : 'L';
  const flags = view.getUint32(at + 2);
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) if (flags & (1 << bit)) reversed += 2 ** (31 - bit);
  const level = view.getUint8(at + 12);
  return `${type}.${space}${profileByte & 0x1f}.${reversed.toString(16).toUpperCase()}.${tier}${level}`;
}

function videoCodec(view: DataView, entry: Box): string {
  const inside = children(view, entry.start + 78, entry.end); // after the VisualSampleEntry's fixed fields
  const avc = inside.find(({ type }) => type === 'avcC');
  if (avc) return avcCodec(view, entry.type, avc);
  const hevc = inside.find(({ type }) => type === 'hvcC');
  if (hevc) return hevcCodec(view, entry.type, hevc);
  return entry.type;
}

function audioCodec(entry: Box): string {
  // AAC is what mp4a means in practice; the object type matters to no browser that plays it at all.
  return entry.type === 'mp4a' ? 'mp4a.40.2' : entry.type;
}

function duration(view: DataView, moov: Box): number | undefined {
  const header = find(view, moov, 'mvhd');
  if (!header) return undefined;
  const long = view.getUint8(header.start) === 1;
  const scale = view.getUint32(header.start + (long ? 20 : 12));
  const length = long ? Number(view.getBigUint64(header.start + 24)) : view.getUint32(header.start + 16);
  return scale > 0 && length > 0 ? Math.round((length / scale) * 1000) : undefined;
}

function readMoov(view: DataView, moov: Box): Film {
  const film: Film = { video: [], audio: [] };
  const durationMs = duration(view, moov);
  if (durationMs !== undefined) film.durationMs = durationMs;
  for (const track of children(view, moov.start, moov.end).filter(({ type }) => type === 'trak')) {
    const handler = find(view, track, 'mdia', 'hdlr');
    const descriptions = find(view, track, 'mdia', 'minf', 'stbl', 'stsd');
    const entry = descriptions && children(view, descriptions.start + 8, descriptions.end)[0];
    if (!handler || !entry) continue;
    const kind = fourCC(view, handler.start + 8);
    if (kind === 'vide') film.video.push(videoCodec(view, entry));
    if (kind === 'soun') film.audio.push(audioCodec(entry));
  }
  return film;
}

/** Reads the index of an MP4 or QuickTime file, wherever it stands; null when there is none. */
export async function readMp4(source: Source): Promise<Film | null> {
  for (let at = 0, boxes = 0; at < source.size && boxes < MAX_TOP_BOXES; boxes++) {
    const box = readHeader(viewOf(await readBytes(source, at, 16)), 0, source.size - at);
    if (!box) return null;
    if (box.type === 'moov') {
      if (box.end > MAX_MOOV_BYTES) return null;
      const view = viewOf(await readBytes(source, at, box.end));
      try {
        return readMoov(view, { ...box, end: view.byteLength });
      } catch (error) {
        if (error instanceof RangeError) return null; // cut off in the middle of a box
        throw error;
      }
    }
    at += box.end;
  }
  return null;
}
