import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The sample conversation: 64 s, plays anywhere. */
export const film = resolve(import.meta.dirname, '../../cmd/vakspiegel/demo/gesprek.mp4');

/** The sample with a box of padding behind it (ISO/IEC 14496-12, 8.1.2), so that sending it takes a while. */
export function largeFilm(bytes: number): string {
  const padding = Buffer.alloc(bytes);
  padding.writeUInt32BE(bytes, 0);
  padding.write('free', 4);
  const file = join(mkdtempSync(join(tmpdir(), 'vakspiegel-film-')), 'lang gesprek.mp4');
  writeFileSync(file, Buffer.concat([readFileSync(film), padding]));
  return file;
}

export function fileWith(name: string, content: Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vakspiegel-file-')), name);
  writeFileSync(file, content);
  return file;
}
