import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Player } from './player';

function filmOf(seconds: number) {
  const video = document.createElement('video');
  Object.defineProperty(video, 'duration', { value: seconds, configurable: true });
  const player = new Player();
  const release = player.attach(video, '/film');
  video.dispatchEvent(new Event('loadedmetadata'));
  return { video, player, release };
}

describe('the player', () => {
  beforeEach(() => {
    vi.spyOn(HTMLMediaElement.prototype, 'load');
    vi.spyOn(HTMLMediaElement.prototype, 'pause');
  });

  it.each([
    [-5000, 0],
    [1000, 1000],
    [99_000, 60_000],
  ])('seeks to %i ms within a film of a minute: %i', (wanted, got) => {
    const { player, video } = filmOf(60);
    player.seek(wanted);
    expect(video.currentTime * 1000).toBe(got);
    expect(player.snapshot().positionMs).toBe(got);
  });

  it('leaves nothing behind when it lets go: stopped, no address, buffer dropped', () => {
    const { video, release, player } = filmOf(60);
    release();
    expect(HTMLMediaElement.prototype.pause).toHaveBeenCalled();
    expect(video.hasAttribute('src')).toBe(false);
    expect(HTMLMediaElement.prototype.load).toHaveBeenCalled();
    expect(player.snapshot().playing).toBe(false);
  });

  it('goes on where it was with another <video>', () => {
    const { player, release } = filmOf(60);
    player.seek(12_500);
    release();
    const again = document.createElement('video');
    player.attach(again, '/film');
    expect(again.getAttribute('src')).toBe('/film#t=12.5');
  });

  it('takes the server’s word for the length until the film tells', () => {
    const player = new Player();
    player.setKnownDuration(64_000);
    expect(player.snapshot().durationMs).toBe(64_000);
    const { player: told } = filmOf(60);
    told.setKnownDuration(64_000);
    expect(told.snapshot().durationMs).toBe(60_000);
  });

  it('looks for the end of a film without a length, and comes back', () => {
    const { video } = filmOf(Number.POSITIVE_INFINITY);
    expect(video.currentTime).toBeGreaterThan(1e9);
    video.dispatchEvent(new Event('durationchange'));
    expect(video.currentTime).toBe(0);
  });

  it('steps one picture and stops', () => {
    const { player } = filmOf(60);
    player.seek(1000);
    player.step(1);
    expect(player.snapshot().positionMs).toBe(1040);
    player.step(-1);
    player.step(-1);
    expect(player.snapshot().positionMs).toBe(960);
  });
});

describe('a fragment that is a file of its own', () => {
  beforeEach(() => {
    vi.spyOn(HTMLMediaElement.prototype, 'pause');
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  });

  const fragment = () => {
    const player = new Player({ leadMs: 1500, durationMs: 10_000 });
    const video = document.createElement('video');
    player.attach(video, '/fragment');
    return { player, video };
  };

  it('begins after what the file has before it, and counts from there', () => {
    const { player, video } = fragment();
    expect(video.getAttribute('src')).toBe('/fragment#t=1.5');
    expect(player.snapshot()).toMatchObject({ positionMs: 0, durationMs: 10_000 });
    player.seek(4000);
    expect(video.currentTime).toBe(5.5);
    player.skip(-5000);
    expect(video.currentTime).toBe(1.5);
  });

  it('stops at its end, also when the file goes on, and plays again from its beginning', () => {
    const { player, video } = fragment();
    Object.defineProperty(video, 'paused', { get: () => false });
    video.currentTime = 11.6;
    vi.mocked(HTMLMediaElement.prototype.pause).mockClear();
    video.dispatchEvent(new Event('timeupdate'));
    expect(HTMLMediaElement.prototype.pause).toHaveBeenCalled();
    player.play();
    expect(video.currentTime).toBe(1.5);
  });
});

describe('a piece of the film', () => {
  beforeEach(() => {
    vi.spyOn(HTMLMediaElement.prototype, 'load');
    vi.spyOn(HTMLMediaElement.prototype, 'pause');
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  });

  const plays = (video: HTMLVideoElement, ms: number) => {
    Object.defineProperty(video, 'paused', { value: false, configurable: true });
    video.currentTime = ms / 1000;
    video.dispatchEvent(new Event('timeupdate'));
  };
  function chosen() {
    const film = filmOf(60);
    film.player.seek(10_000);
    film.player.beginPiece();
    film.player.seek(14_000);
    film.player.endPiece();
    return film;
  }

  it('has the beginning and the end that were chosen', () => {
    expect(chosen().player.piece()).toEqual({ startMs: 10_000, endMs: 14_000 });
  });

  it.each([
    ['without a beginning', () => {}],
    ['with a beginning after it', (player: Player) => player.choosePiece(40_000, 50_000)],
  ])('%s is what one just saw', (_what, before) => {
    const { player } = filmOf(60);
    before(player);
    player.seek(20_000);
    player.endPiece();
    expect(player.piece()).toEqual({ startMs: 15_000, endMs: 20_000 });
  });

  it('lets go of an end before its new beginning', () => {
    const { player } = chosen();
    player.seek(30_000);
    player.beginPiece();
    expect(player.piece()).toBeNull();
    expect(player.snapshot().pieceStartMs).toBe(30_000);
  });

  it('repeats: at its end the film goes back to its beginning', () => {
    const { player, video } = chosen();
    player.toggleLoop();
    expect(player.snapshot().positionMs).toBe(10_000);
    plays(video, 13_990);
    expect(video.currentTime).toBeCloseTo(13.99);
    plays(video, 14_010);
    expect(video.currentTime).toBe(10);
  });

  it('repeats up to the very end of the film', () => {
    const { player, video } = filmOf(60);
    player.choosePiece(58_000, 60_000);
    player.toggleLoop();
    Object.defineProperty(video, 'ended', { value: true, configurable: true });
    plays(video, 59_999);
    expect(video.currentTime).toBe(58);
  });

  it('keeps five seconds back within it while it repeats', () => {
    const { player } = chosen();
    player.toggleLoop();
    player.skip(-5000);
    expect(player.snapshot()).toMatchObject({ positionMs: 10_000, looping: true });
  });

  it('no longer repeats for who goes elsewhere, and is still chosen', () => {
    const { player, video } = chosen();
    player.toggleLoop();
    player.seek(40_000);
    expect(player.snapshot().looping).toBe(false);
    expect(player.piece()).not.toBeNull();
    plays(video, 41_000);
    expect(video.currentTime).toBe(41);
  });

  it('is let go of', () => {
    const { player } = chosen();
    player.toggleLoop();
    player.clearPiece();
    expect(player.snapshot()).toMatchObject({ pieceStartMs: null, pieceEndMs: null, looping: false });
  });

  it('and the speed stay when another <video> goes on', () => {
    const { player, release } = chosen();
    player.changeRate(1);
    release();
    const again = document.createElement('video');
    player.attach(again, '/film');
    expect(player.piece()).toEqual({ startMs: 10_000, endMs: 14_000 });
    expect(again.playbackRate).toBe(1.25);
  });
});

describe('the speed', () => {
  it('goes up and down by known steps, and stays at the last', () => {
    const { player } = filmOf(60);
    const seen = [1, 1, 1, 1, -1, -1, -1, -1, -1, -1].map((direction) => {
      player.changeRate(direction as 1 | -1);
      return player.snapshot().rate;
    });
    expect(seen).toEqual([1.25, 1.5, 2, 2, 1.5, 1.25, 1, 0.75, 0.5, 0.5]);
  });
});
