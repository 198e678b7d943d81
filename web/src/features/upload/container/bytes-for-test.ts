/** Small files built byte by byte: enough head to be read, no film in them. */
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const u32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
const zeros = (count: number): number[] => new Array<number>(count).fill(0);

export function box(type: string, ...content: number[][]): number[] {
  const inside = content.flat();
  return [...u32(inside.length + 8), ...ascii(type), ...inside];
}

export const ftyp = (brand: string): number[] => box('ftyp', ascii(brand), u32(0), ascii('isom'));

function track(kind: 'vide' | 'soun', entry: number[]): number[] {
  const hdlr = box('hdlr', zeros(8), ascii(kind), zeros(12));
  const stsd = box('stsd', zeros(4), u32(1), entry);
  return box('trak', box('mdia', hdlr, box('minf', box('stbl', stsd))));
}

const mvhd = (seconds: number): number[] => box('mvhd', zeros(12), u32(1000), u32(seconds * 1000), zeros(80));
const avcC = box('avcC', [1, 0x64, 0x00, 0x28]);
const hvcC = box('hvcC', [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93], zeros(10));

export const avc = (): number[] => track('vide', box('avc1', zeros(78), avcC));
export const hevc = (): number[] => track('vide', box('hvc1', zeros(78), hvcC));
export const aac = (): number[] => track('soun', box('mp4a', zeros(28)));

export const moov = (seconds: number, ...tracks: number[][]): number[] =>
  box('moov', mvhd(seconds), ...tracks);
export const mdat = (size: number): number[] => box('mdat', zeros(size));

function element(id: number[], content: number[]): number[] {
  return [...id, 0x08 | 0x40, content.length, ...content].toSpliced(
    id.length,
    2,
    0x40 | (content.length >> 8),
    content.length & 0xff,
  );
}

const float64 = (value: number): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [...new Uint8Array(view.buffer)];
};

/** A Matroska file; like one that a browser records: the segment's size is unknown. */
export function webm(doctype: string, tracks: [type: 1 | 2, codec: string][], durationMs?: number): number[] {
  const head = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], ascii(doctype)));
  const info = element(
    [0x15, 0x49, 0xa9, 0x66],
    [
      ...element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40]),
      ...(durationMs === undefined ? [] : element([0x44, 0x89], float64(durationMs))),
    ],
  );
  const entries = tracks.flatMap(([type, codec]) =>
    element([0xae], [...element([0x83], [type]), ...element([0x86], ascii(codec))]),
  );
  const cluster = [0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3];
  const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  return [...head, ...segment, ...info, ...element([0x16, 0x54, 0xae, 0x6b], entries), ...cluster];
}

export const fileOf = (bytes: number[], name = 'film', lastModified = 1_700_000_000_000): File =>
  new File([new Uint8Array(bytes)], name, { lastModified });
