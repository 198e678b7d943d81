import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../time/fakeClock';
import { FakeVideo } from './fakeVideo';
import type { Film, FilmCommand, Stretch } from './film';
import { HEARTBEAT_MS, Leader } from './leader';

const stretch: Stretch = { n: 1, startMs: 10_000, endMs: 40_000, leadMs: 500 };

describe('whoever leads the film', () => {
  let clock: FakeClock;
  let video: FakeVideo;
  let leader: Leader;
  let sent: FilmCommand[];
  let film: Film | null;
  let answers: ((error?: Error) => void)[];
  let atOnce: boolean;
  const failed = vi.fn();

  const settle = () => new Promise((done) => setTimeout(done));
  const send = (command: FilmCommand) => {
    sent.push(command);
    return new Promise<Film>((done, fail) => {
      const answer = (error?: Error) => {
        film = { ...command, at: clock.now(), seq: (film?.seq ?? 0) + 1, by: 'me' };
        if (error) fail(error);
        else done(film);
      };
      if (atOnce) answer();
      else answers.push(answer);
    });
  };

  beforeEach(() => {
    clock = new FakeClock();
    video = new FakeVideo(clock);
    video.currentTime = 0.5;
    sent = [];
    answers = [];
    atOnce = true;
    film = null;
    failed.mockClear();
    leader = new Leader(video, stretch, send, failed, clock);
  });

  it('plays here at once and then everywhere', async () => {
    leader.play(film);
    expect(video.paused).toBe(false);
    expect(leader.has(film)).toBe(true);
    await settle();
    expect(sent).toEqual([{ n: 1, positionMs: 10_000, playing: true, rate: 1 }]);
  });

  it('tells where the film really is every 2 s while it plays, and nothing while it stands', async () => {
    leader.play(film);
    await settle();
    for (let beat = 0; beat < 3; beat++) {
      clock.pass(HEARTBEAT_MS);
      await settle();
    }
    expect(sent.map(({ positionMs }) => positionMs)).toEqual([10_000, 12_000, 14_000, 16_000]);
    leader.pause(film);
    await settle();
    clock.pass(60_000);
    await settle();
    expect(sent).toHaveLength(5);
    expect(sent.at(-1)).toMatchObject({ positionMs: 16_000, playing: false });
  });

  it('lets the others wait while it waits for bytes', async () => {
    leader.play(film);
    await settle();
    clock.pass(1000);
    video.readyState = 2;
    leader.moved();
    await settle();
    expect(sent.at(-1)).toMatchObject({ positionMs: 11_000, playing: false });
    clock.pass(700);
    video.readyState = 4;
    leader.moved();
    await settle();
    expect(sent.at(-1)).toMatchObject({ positionMs: 11_000, playing: true });
  });

  it('sends one at a time, and last how it is', async () => {
    atOnce = false;
    for (const at of [11_000, 12_000, 13_000, 14_000]) leader.seek(at, film);
    expect(sent).toHaveLength(1);
    answers.shift()?.();
    await settle();
    expect(sent).toHaveLength(2);
    expect(sent.at(-1)?.positionMs).toBe(14_000);
    answers.shift()?.();
    await settle();
    expect(sent).toHaveLength(2);
  });

  it('follows as soon as the film is moved elsewhere, and takes it again with the next thing done here', async () => {
    leader.play(film);
    await settle();
    const other: Film = { n: 1, positionMs: 30_000, playing: true, rate: 1.5, at: 0, seq: 9, by: 'me' };
    expect(leader.has(film)).toBe(true);
    expect(leader.has(other)).toBe(false);
    clock.pass(30_000);
    await settle();
    expect(sent).toHaveLength(1);
    film = other;
    leader.seek(20_000, film);
    expect(leader.has(film)).toBe(true);
    await settle();
    expect(sent.at(-1)).toEqual({ n: 1, positionMs: 20_000, playing: true, rate: 1.5 });
  });

  it('stops for everyone at the end of the fragment, and begins again from its start', async () => {
    leader.seek(39_000, film);
    leader.play(film);
    await settle();
    clock.pass(1200);
    leader.tick();
    await settle();
    expect(video.paused).toBe(true);
    expect(sent.at(-1)).toMatchObject({ positionMs: 40_000, playing: false });
    leader.play(film);
    await settle();
    expect(sent.at(-1)).toMatchObject({ positionMs: 10_000, playing: true });
  });

  it('a refused command leaves the film to whoever leads it', async () => {
    atOnce = false;
    leader.seek(11_000, film);
    answers.shift()?.(new Error('step_gate'));
    await settle();
    expect(failed).toHaveBeenCalledTimes(1);
    expect(leader.has(film)).toBe(false);
  });
});
