import { describe, expect, it } from 'vitest';
import { aac, avc, box, fileOf, ftyp, hevc, mdat, moov, webm } from './bytes-for-test';
import type { Source } from './film';
import { readMp4 } from './mp4';
import { sniff } from './sniff';
import { readWebm } from './webm';

const bytes = (list: number[]) => new Uint8Array(list);
const text = (line: string) => new TextEncoder().encode(line);

describe('what a file is', () => {
  it.each([
    ['mp4', bytes(ftyp('isom'))],
    ['mov', bytes(ftyp('qt  '))],
    ['mov', bytes(box('wide'))],
    ['m4a', bytes(ftyp('M4A '))],
    ['webm', bytes(webm('webm', []))],
    ['matroska', bytes(webm('matroska', []))],
    ['avi', text('RIFF\0\0\0\0AVI LIST')],
    ['unknown', text('RIFF\0\0\0\0WAVEfmt ')],
    ['unknown', text('%PDF-1.7')],
    ['unknown', text('#EXTM3U')],
    ['unknown', text('')],
  ])('is read off its first bytes: %s', (container, head) => {
    expect(sniff(head).container).toBe(container);
  });
});

describe('an MP4’s index', () => {
  it.each([
    ['in front', [ftyp('isom'), moov(64, avc(), aac()), mdat(500)]],
    ['at the end', [ftyp('isom'), mdat(5000), moov(64, avc(), aac())]],
  ])('is found %s', async (_where, parts) => {
    expect(await readMp4(fileOf(parts.flat()))).toEqual({
      durationMs: 64_000,
      video: ['avc1.640028'],
      audio: ['mp4a.40.2'],
    });
  });

  it('names HEVC as a browser wants to be asked', async () => {
    const film = await readMp4(fileOf([ftyp('qt  '), moov(10, hevc())].flat()));
    expect(film?.video).toEqual(['hvc1.1.6.L93']);
  });

  it('without a picture has no video', async () => {
    expect((await readMp4(fileOf([ftyp('M4A '), moov(10, aac())].flat())))?.video).toEqual([]);
  });

  it('at the end of a large film costs a few small reads', async () => {
    const index = moov(3600, avc());
    const head = [...ftyp('isom'), 0, 0, 0, 1, ...text('mdat'), 0, 0, 0, 2, 0, 0, 0, 0];
    const mdatEnd = ftyp('isom').length + 2 * 2 ** 32;
    let read = 0;
    const source: Source = {
      size: mdatEnd + index.length,
      slice: (start, end) => {
        read += end - start;
        const part = start >= mdatEnd ? index.slice(start - mdatEnd, end - mdatEnd) : head.slice(start, end);
        return new Blob([new Uint8Array(part)]);
      },
    };
    expect((await readMp4(source))?.durationMs).toBe(3_600_000);
    expect(read).toBeLessThan(10_000);
  });

  it.each([
    ['that is cut off', [...ftyp('isom'), ...moov(64, avc()).slice(0, 150)]],
    ['that is missing', [...ftyp('isom'), ...mdat(10)]],
    ['behind a box of no size', [...ftyp('isom'), 0, 0, 0, 2, 1, 2, 3, 4]],
  ])('%s gives nothing, or what could be read, and does not hang', async (_what, broken) => {
    const film = await readMp4(fileOf(broken));
    expect(film?.video ?? []).toEqual([]);
  });
});

describe('a WebM’s head', () => {
  it('tells its codecs, also of one that a browser recorded', async () => {
    const film = await readWebm(
      fileOf(
        webm('webm', [
          [1, 'V_VP9'],
          [2, 'A_OPUS'],
        ]),
      ),
    );
    expect(film).toEqual({ video: ['vp09.00.10.08'], audio: ['opus'] });
  });

  it('tells the length where it stands', async () => {
    expect((await readWebm(fileOf(webm('webm', [[1, 'V_VP8']], 64_000))))?.durationMs).toBe(64_000);
  });

  it.each([[[]], [[0x1a, 0x45, 0xdf, 0xa3]], [webm('webm', []).slice(0, 20)]])(
    'that is cut off gives nothing',
    async (cut) => {
      expect(await readWebm(fileOf(cut))).toBeNull();
    },
  );
});
