import { webcrypto } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetUnsent, SealedGap } from './sealedGap';

const KEY = btoa('k'.repeat(32));
const OTHERS = btoa('o'.repeat(32));
const subtle = webcrypto.subtle as unknown as SubtleCrypto;
const entry = (body: string) => ({
  version: 1,
  unsure: [],
  words: { start: '0:05', end: '', kind: 'observation' as const, body, tags: [] },
});
const gap = (recording = 'r1', by: SubtleCrypto | null = subtle) =>
  new SealedGap(recording, sessionStorage, by);
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

beforeEach(() => sessionStorage.clear());

describe('what the server has not got yet', () => {
  it('is in this tab, and not a word of it readable', async () => {
    const first = gap();
    await first.unlock(KEY);
    first.put('d1', entry('zilvervos'));
    await settled();
    expect(sessionStorage).toHaveLength(1);
    expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/zilvervos|observation|0:05/);
    const later = gap();
    await later.unlock(KEY);
    expect(await later.open()).toEqual([{ id: 'd1', ...entry('zilvervos') }]);
  });

  it('waits in memory until the key is there', async () => {
    const first = gap();
    first.put('d1', entry('vroeg'));
    await settled();
    expect(sessionStorage).toHaveLength(0);
    await first.unlock(KEY);
    await settled();
    expect(await first.open()).toHaveLength(1);
  });

  it('is opened by nobody else, and then removed', async () => {
    const first = gap();
    await first.unlock(KEY);
    first.put('d1', entry('van noor'));
    await settled();
    const other = gap();
    await other.unlock(OTHERS);
    expect(await other.open()).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('is the latest, however long sealing takes, and gone once it is removed', async () => {
    const first = gap();
    await first.unlock(KEY);
    for (const body of ['a', 'ab', 'abc']) first.put('d1', entry(body));
    await settled();
    expect((await first.open())[0]?.words.body).toBe('abc');
    first.put('d1', entry('abcd'));
    first.remove('d1');
    await settled();
    expect(sessionStorage).toHaveLength(0);
  });

  it('goes with its recording, and not with another', async () => {
    const first = gap();
    const second = gap('r2');
    for (const each of [first, second]) {
      await each.unlock(KEY);
      each.put('d1', entry('x'));
    }
    await settled();
    first.put('d2', entry('nog onderweg'));
    first.forget();
    await settled();
    expect(Object.keys(sessionStorage)).toEqual(['vakspiegel.unsent.r2.d1']);
    sessionStorage.setItem('other', 'stays');
    forgetUnsent();
    expect(Object.keys(sessionStorage)).toEqual(['other']);
  });

  it('is nowhere but in memory where the browser cannot seal', async () => {
    const plain = gap('r1', null);
    await plain.unlock(KEY);
    plain.put('d1', entry('x'));
    await settled();
    expect(sessionStorage).toHaveLength(0);
  });
});
