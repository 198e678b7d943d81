import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aac, avc, fileOf, ftyp, hevc, mdat, moov } from './container/bytes-for-test';
import { type Probe, probe } from './container/probe';
import { inspect, knowsCodecs } from './inspect';

vi.mock('./container/probe', () => ({ probe: vi.fn() }));

const tried = (result: Probe) => vi.mocked(probe).mockResolvedValue({ result });
const h264 = () => fileOf([ftyp('isom'), mdat(9), moov(64, avc(), aac())].flat());
const MAX = 1_000_000;

describe('looking at a file before it is sent', () => {
  beforeEach(() => {
    tried('plays');
    vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockImplementation((type) =>
      type.includes('hvc1') ? '' : 'probably',
    );
  });

  it('says that a film will play, and how long it is', async () => {
    expect(await inspect(h264(), MAX)).toMatchObject({ verdict: 'fine', durationMs: 64_000 });
  });

  it('says that a browser without HEVC will not play it', async () => {
    tried('fails');
    expect((await inspect(fileOf([ftyp('qt  '), moov(9, hevc())].flat()), MAX)).verdict).toBe('not_here');
  });

  it('believes the browser’s word when its trial says nothing in time', async () => {
    tried('unknown');
    expect((await inspect(fileOf([ftyp('qt  '), moov(9, hevc())].flat()), MAX)).verdict).toBe('not_here');
    expect((await inspect(h264(), MAX)).verdict).toBe('fine');
  });

  it('believes the trial over the browser’s word', async () => {
    expect((await inspect(fileOf([ftyp('qt  '), moov(9, hevc())].flat()), MAX)).verdict).toBe('fine');
  });

  it('says when there is only sound', async () => {
    expect((await inspect(fileOf([ftyp('M4A '), moov(9, aac())].flat()), MAX)).verdict).toBe('sound_only');
  });

  it.each([
    ['too_large', new File([new Uint8Array(ftyp('isom')), new Uint8Array(MAX)], 'x.mp4')],
    ['empty', new File([], 'x.mp4')],
    ['not_a_film', new File(['once upon a time, long ago'], 'film.mp4')],
    ['nowhere', new File(['RIFF\0\0\0\0AVI LIST'], 'x.mp4')],
  ] as const)('says %s whatever the name, without a trial', async (verdict, file) => {
    vi.mocked(probe).mockClear();
    expect((await inspect(file, MAX)).verdict).toBe(verdict);
    expect(probe).not.toHaveBeenCalled();
  });

  it('asks about QuickTime as MP4, which browsers do not deny', () => {
    const canPlayType = vi.fn(() => 'probably' as const);
    const film = { video: ['avc1.640028'], audio: [] };
    const mov = { container: 'mov', mimeType: 'video/quicktime', extension: 'mov' } as const;
    expect(knowsCodecs(film, mov, { canPlayType })).toBe(true);
    expect(canPlayType).toHaveBeenCalledWith('video/mp4; codecs="avc1.640028"');
  });
});
