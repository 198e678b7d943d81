import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/problem';
import { formatBytes } from './bytes';
import { Speedometer } from './speed';
import { chosenStart, guessStart } from './startedAt';
import { mayPass, recordingIdOf } from './task';

describe('the speed', () => {
  it('is what flows, when it flows evenly', () => {
    const speed = new Speedometer();
    for (let second = 0; second <= 10; second++) speed.add(second * 1000, second * 1000);
    expect(speed.bytesPerSecond).toBeCloseTo(1000);
    expect(speed.secondsLeft(5000)).toBeCloseTo(5);
  });

  it('does not jump with one fast second', () => {
    const speed = new Speedometer();
    for (let second = 0; second <= 10; second++) speed.add(second * 1000, second * 1000);
    speed.add(30_000, 11_000);
    expect(speed.bytesPerSecond).toBeLessThan(6000);
  });

  it('is unknown at first, after a pause, and when the server has less than we thought', () => {
    const speed = new Speedometer();
    expect(speed.secondsLeft(5)).toBeUndefined();
    speed.add(1000, 0);
    speed.add(500, 1000);
    expect(speed.bytesPerSecond).toBeUndefined();
    speed.add(1500, 2000);
    speed.reset();
    expect(speed.bytesPerSecond).toBeUndefined();
  });
});

describe('when filming began', () => {
  const yes = new Date('2026-11-03T09:15:42Z');

  it('is guessed from the file’s date and length', () => {
    expect(guessStart(Date.parse('2026-11-03T10:00:00Z'), 1800_000, yes).toISOString()).toBe(
      '2026-11-03T09:30:00.000Z',
    );
  });

  it('is never guessed before everyone had said yes', () => {
    expect(guessStart(0, 1000, yes)).toEqual(yes);
  });

  it('in the minute of the yes is the yes itself', () => {
    expect(chosenStart('2026-11-03T10:15', yes)).toEqual(yes);
    expect(chosenStart('2026-11-03T10:14', yes)?.toISOString()).toBe('2026-11-03T09:14:00.000Z');
    expect(chosenStart('', yes)).toBeNull();
  });
});

describe('a failure while sending', () => {
  it.each([
    [new ApiError(0, 'offline'), true],
    [new ApiError(503, 'unavailable'), true],
    [new ApiError(423, 'locked'), true],
    [new ApiError(409, 'wrong_offset'), true],
    [new ApiError(400, 'interrupted'), true],
    [new ApiError(0, 'unknown'), false],
    [new ApiError(403, 'consent_missing'), false],
    [new ApiError(404, 'not_found'), false],
    [new ApiError(413, 'too_large'), false],
    [new ApiError(401, 'unauthorized'), false],
  ])('%s may pass by itself: %s', (error, passes) => {
    expect(mayPass(error)).toBe(passes);
  });
});

it('a film’s id is the last part of its address', () => {
  expect(recordingIdOf('http://host/api/v1/uploads/u1')).toBe('u1');
  expect(recordingIdOf(null)).toBeUndefined();
});

it('sizes are written as cameras count', () => {
  expect(formatBytes(12_884_901_888, 'nl')).toBe('13 GB');
  expect(formatBytes(1_250_000, 'nl')).toBe('1,3 MB');
  expect(formatBytes(999, 'nl')).toBe('999 byte');
});
