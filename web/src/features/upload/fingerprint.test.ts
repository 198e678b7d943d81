import { describe, expect, it, vi } from 'vitest';
import { fileOf } from './container/bytes-for-test';
import { fingerprint } from './fingerprint';
import { SendingStorage } from './urlStorage';

const film = (change: Partial<{ at: number; value: number; size: number; date: number }> = {}) => {
  const bytes = new Array<number>(change.size ?? 300_000).fill(7);
  if (change.at !== undefined) bytes[change.at] = change.value ?? 8;
  return fileOf(bytes, 'Mevrouw De Vries.mp4', change.date ?? 1000);
};

describe('the fingerprint of a file', () => {
  it('is the same for the same file, whatever it is called', async () => {
    const renamed = new File([film()], 'other.mp4', { lastModified: 1000 });
    expect(await fingerprint(renamed, 'c1')).toBe(await fingerprint(film(), 'c1'));
  });

  it.each([
    ['another conversation', film(), 'c2'],
    ['another size', film({ size: 300_001 }), 'c1'],
    ['another date', film({ date: 1001 }), 'c1'],
    ['another beginning', film({ at: 10 }), 'c1'],
    ['another end', film({ at: 299_990 }), 'c1'],
  ])('is another one for %s', async (_what, file, conversation) => {
    expect(await fingerprint(file, conversation)).not.toBe(await fingerprint(film(), 'c1'));
  });

  it('is a hash and nothing readable', async () => {
    expect(await fingerprint(film(), 'c1')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is none where the browser cannot hash', async () => {
    vi.stubGlobal('crypto', {});
    expect(await fingerprint(film(), 'c1')).toBeNull();
    vi.unstubAllGlobals();
  });
});

describe('what is kept of a film on its way', () => {
  const upload = {
    size: 5,
    metadata: { filename: 'Mevrouw De Vries.mp4' },
    creationTime: 'today',
    uploadUrl: '/api/v1/uploads/u1',
    urlStorageKey: '',
    parallelUploadUrls: null,
  };

  it('is its address alone', async () => {
    await new SendingStorage().addUpload('f1', { ...upload, parallelUploadUrls: [] });
    expect(JSON.stringify({ ...localStorage })).toBe('{"vakspiegel.sending.f1":"/api/v1/uploads/u1"}');
  });

  it('is found again by the fingerprint, and gone once removed', async () => {
    const storage = new SendingStorage();
    const key = await storage.addUpload('f1', { ...upload, parallelUploadUrls: [] });
    expect((await storage.findUploadsByFingerprint('f1'))[0]?.uploadUrl).toBe('/api/v1/uploads/u1');
    expect(await storage.findUploadsByFingerprint('f2')).toEqual([]);
    await storage.removeUpload(key);
    expect(storage.find('f1')).toBeNull();
    expect(localStorage).toHaveLength(0);
  });
});
