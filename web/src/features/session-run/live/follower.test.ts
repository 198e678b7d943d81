import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../time/fakeClock';
import { FakeVideo } from './fakeVideo';
import { type Film, positionAt, type Stretch, toFilm, toVideo } from './film';
import { BEND, Follower, type Following, JUMP_MS } from './follower';

/** The server's clock when the tests begin. */
const SERVER = 1_700_000_000_000;
const stretch: Stretch = { n: 2, startMs: 60_000, endMs: 120_000, leadMs: 1500 };
const film: Film = { n: 2, positionMs: 70_000, playing: true, rate: 1, at: SERVER, seq: 5, by: 'noor' };

describe('a follower', () => {
  let clock: FakeClock;
  let video: FakeVideo;
  let follower: Follower;
  let told: Following[];

  const make = (seekMs = 0) => {
    video = new FakeVideo(clock, seekMs);
    told = [];
    follower = new Follower(video, stretch, (following) => told.push(following));
  };
  const serverNow = () => SERVER + clock.now();
  const off = (now: Film) => toFilm(stretch, video.currentTime) - positionAt(now, serverNow(), stretch);
  const tick = async (now: Film | null) => {
    follower.tick(now, serverNow(), clock.now());
    await vi.waitFor(() => Promise.resolve());
  };
  const run = async (now: Film, ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.pass(250);
      await tick(now);
    }
  };

  beforeEach(() => {
    clock = new FakeClock();
    make();
  });

  it('who comes late is where the others are', async () => {
    clock.pass(8000);
    await tick(film);
    expect(video.paused).toBe(false);
    expect(video.currentTime).toBeCloseTo(toVideo(stretch, 78_000), 3);
    expect(told).toEqual(['with']);
  });

  it('pauses where the film was paused, to the picture', async () => {
    await tick(film);
    clock.pass(1000);
    await tick({ ...film, positionMs: 71_200, playing: false, at: serverNow(), seq: 6 });
    expect(video.paused).toBe(true);
    expect(toFilm(stretch, video.currentTime)).toBeCloseTo(71_200, 3);
  });

  it('catches up with little by playing at most 5 % faster, without a jump', async () => {
    await tick(film);
    const { seeks } = video;
    video.readyState = 2;
    clock.pass(250);
    video.readyState = 4;
    for (let n = 0; n < 60; n++) {
      await run(film, 250);
      expect(Math.abs(video.playbackRate - 1)).toBeLessThanOrEqual(BEND + 1e-9);
    }
    expect(video.seeks).toBe(seeks);
    expect(Math.abs(off(film))).toBeLessThanOrEqual(40);
  });

  it('jumps when it is more than 300 ms off', async () => {
    await tick(film);
    await tick(film); // at the end of its first jump
    video.readyState = 2;
    clock.pass(JUMP_MS + 200);
    video.readyState = 4;
    await run(film, 1000);
    expect(video.seeks).toBe(2);
    expect(Math.abs(off(film))).toBeLessThanOrEqual(40);
  });

  it.each([100, 400, 900])('is right within two jumps when one costs %i ms', async (cost) => {
    make(cost);
    await tick(film);
    await run(film, 5000);
    expect(video.seeks).toBeLessThanOrEqual(2);
    expect(Math.abs(off(film))).toBeLessThanOrEqual(JUMP_MS);
    await run(film, 10_000);
    expect(Math.abs(off(film))).toBeLessThanOrEqual(40);
  });

  it('follows another speed', async () => {
    const slow = { ...film, rate: 0.5 };
    await tick(slow);
    expect(video.playbackRate).toBe(0.5);
    await run(slow, 4000);
    expect(Math.abs(off(slow))).toBeLessThanOrEqual(40);
  });

  it('a computer that slept is where the others are at its first tick', async () => {
    await tick(film);
    video.pause();
    clock.sleep(20_000);
    await tick(film);
    expect(video.paused).toBe(false);
    expect(Math.abs(off(film))).toBeLessThanOrEqual(40);
  });

  it('never shows what comes before or after the fragment', async () => {
    await tick(null);
    expect(video.currentTime).toBeCloseTo(1.5, 3);
    expect(video.seeks).toBe(1);
    await tick(null);
    expect(video.seeks).toBe(1);
    await tick({ ...film, positionMs: 10_000, playing: false });
    expect(video.currentTime).toBeCloseTo(1.5, 3);
    clock.pass(100_000);
    await tick(film);
    expect(video.paused).toBe(true);
    expect(toFilm(stretch, video.currentTime)).toBe(120_000);
  });

  it('stops when the film is no longer for this person, or another one is on', async () => {
    await tick(film);
    await tick(null);
    expect(video.paused).toBe(true);
    await tick(film);
    await tick({ ...film, n: 3 });
    expect(video.paused).toBe(true);
    expect(told.at(-1)).toBe('nothing');
  });

  it('asks for one press where the browser starts nothing, and goes along after it', async () => {
    video.refuses = true;
    await tick(film);
    await run(film, 2000);
    expect(told).toEqual(['refused']);
    video.refuses = false;
    follower.join();
    await run(film, 2000);
    expect(told.at(-1)).toBe('with');
    expect(Math.abs(off(film))).toBeLessThanOrEqual(JUMP_MS);
  });

  it('waits while the server’s clock or the film is not known', async () => {
    follower.tick(film, null, clock.now());
    video.readyState = 0;
    await tick(film);
    expect(video.paused).toBe(true);
    expect(video.seeks).toBe(0);
    expect(told).toEqual(['waiting']);
  });
});
