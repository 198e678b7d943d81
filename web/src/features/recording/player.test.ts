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
