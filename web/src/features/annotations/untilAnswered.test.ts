import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/problem';
import { untilAnswered } from './untilAnswered';

const silent = new TypeError('Failed to fetch');
const now = () => Promise.resolve();
const { signal } = new AbortController();

describe('what is asked until it is answered', () => {
  it('is asked again as long as nothing answers, and says so', async () => {
    const act = vi.fn().mockRejectedValueOnce(silent).mockRejectedValueOnce(new ApiError(503, 'unavailable'));
    const onSilence = vi.fn();
    await untilAnswered(act.mockResolvedValueOnce('back'), onSilence, signal, now);
    expect(act).toHaveBeenCalledTimes(3);
    expect(onSilence).toHaveBeenCalledTimes(2);
  });

  it('is not asked again when the server refuses it', async () => {
    const act = vi.fn().mockRejectedValue(new ApiError(404, 'not_found'));
    await expect(untilAnswered(act, vi.fn(), signal, now)).rejects.toMatchObject({ status: 404 });
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('is not asked again when nobody waits for it any more', async () => {
    const gone = new AbortController();
    const act = vi.fn().mockRejectedValue(silent);
    await expect(untilAnswered(act, () => gone.abort(), gone.signal, now)).rejects.toThrow();
    expect(act).toHaveBeenCalledTimes(1);
  });
});
