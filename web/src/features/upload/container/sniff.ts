/** What a file is by its first bytes, whatever its name says. */
type Container = 'mp4' | 'mov' | 'm4a' | 'webm' | 'matroska' | 'avi' | 'mpeg' | 'unknown';

export interface Sniffed {
  container: Container;
  /** The type to declare to the server. */
  mimeType: string;
  /** An extension for the neutral name that is sent instead of the file's own. */
  extension: string;
}

const known: Readonly<Record<Container, Sniffed>> = {
  mp4: { container: 'mp4', mimeType: 'video/mp4', extension: 'mp4' },
  mov: { container: 'mov', mimeType: 'video/quicktime', extension: 'mov' },
  m4a: { container: 'm4a', mimeType: 'audio/mp4', extension: 'm4a' },
  webm: { container: 'webm', mimeType: 'video/webm', extension: 'webm' },
  matroska: { container: 'matroska', mimeType: 'video/x-matroska', extension: 'mkv' },
  avi: { container: 'avi', mimeType: 'video/x-msvideo', extension: 'avi' },
  mpeg: { container: 'mpeg', mimeType: 'video/mpeg', extension: 'mpg' },
  unknown: { container: 'unknown', mimeType: 'application/octet-stream', extension: 'bin' },
};

/** How many bytes from the start sniff needs. */
export const SNIFF_BYTES = 64;

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

// Boxes that may open a QuickTime file without ftyp (older cameras).
const quickTimeStarts = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

function sniffContainer(bytes: Uint8Array): Container {
  const box = text(bytes, 4, 8);
  if (box === 'ftyp') {
    const brand = text(bytes, 8, 12);
    if (brand === 'qt  ') return 'mov';
    return brand.startsWith('M4A') || brand.startsWith('M4B') ? 'm4a' : 'mp4';
  }
  if (quickTimeStarts.has(box)) return 'mov';
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) {
    return text(bytes, 0, SNIFF_BYTES).includes('webm') ? 'webm' : 'matroska';
  }
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'AVI ') return 'avi';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 1 && (bytes[3] === 0xba || bytes[3] === 0xb3))
    return 'mpeg';
  return 'unknown';
}

export function sniff(bytes: Uint8Array): Sniffed {
  return known[sniffContainer(bytes)];
}
