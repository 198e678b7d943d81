import { expect, it } from 'vitest';
import { ServerClock } from './serverClock';

it('the message that was under way the shortest tells the server’s time', () => {
  const clock = new ServerClock();
  expect(clock.at(0)).toBeNull();
  const delays = [90, 12, 400, 55];
  delays.forEach((delay, second) => {
    clock.heard(1_000_000 + second * 1000, second * 1000 + delay);
  });
  expect(clock.at(10_000)).toBe(1_010_000 - 12);
});

it('a clock that is set forgets what held before, within half a minute', () => {
  const clock = new ServerClock();
  clock.heard(5000, 0);
  for (let second = 1; second <= 30; second++) clock.heard(second * 1000, second * 1000);
  expect(clock.at(40_000)).toBe(40_000);
});
