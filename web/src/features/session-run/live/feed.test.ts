import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../time/fakeClock';
import { SILENCE_MS } from '../../../time/watchdog';
import { Feed, type Live } from './feed';

class Line {
  closed = false;
  constructor(
    private readonly receive: (event: string, data: string) => void,
    readonly refuse: (gone: boolean) => void,
  ) {}

  say(event: string, data: object | string = {}) {
    if (!this.closed) this.receive(event, typeof data === 'string' ? data : JSON.stringify(data));
  }
}

const film = { n: 1, positionMs: 5, playing: true, rate: 1, at: 100, seq: 1, by: 'noor', now: 100 };

describe('the feed of a session', () => {
  let clock: FakeClock;
  let lines: Line[];
  let feed: Feed;
  const last = () => lines.at(-1) as Line;
  const live = (): Live => feed.snapshot();
  const whole = () => {
    last().say('session', { version: 7, open: [1, 2], film: true, now: 100 });
    last().say('film', film);
    last().say('people', { present: ['noor', 'sem'] });
    last().say('alive', { now: 100 });
  };

  beforeEach(() => {
    clock = new FakeClock();
    lines = [];
    feed = new Feed((receive, refused) => {
      const line = new Line(receive, refused);
      lines.push(line);
      return () => {
        line.closed = true;
      };
    }, clock);
    feed.start();
  });

  it('is the whole present state', () => {
    expect(live().status).toBe('connecting');
    whole();
    expect(live()).toMatchObject({
      status: 'alive',
      film: { n: 1, seq: 1 },
      version: 7,
      open: [1, 2],
      present: ['noor', 'sem'],
    });
    clock.pass(250);
    expect(feed.serverNow()).toBe(350);
  });

  it('drops the film with its fragment, at once', () => {
    whole();
    last().say('session', { version: 8, open: [2], film: false, now: 200 });
    expect(live()).toMatchObject({ film: null, open: [2], version: 8 });
  });

  it('drops everything after 5 s of silence, asks anew, and has it all again', () => {
    whole();
    clock.pass(SILENCE_MS);
    expect(live()).toEqual({ status: 'silent', film: null, version: null, open: [], present: [] });
    expect(feed.serverNow()).toBeNull();
    expect(lines[0]?.closed).toBe(true);
    clock.pass(1000);
    expect(lines).toHaveLength(2);
    whole();
    expect(live().status).toBe('alive');
    expect(live().film?.seq).toBe(1);
  });

  it('a computer that slept trusts nothing that comes over its old connection', () => {
    whole();
    clock.sleep(3_600_000);
    const old = last();
    old.say('film', { ...film, seq: 2 });
    expect(live()).toMatchObject({ status: 'silent', film: null });
    clock.pass(1000);
    whole();
    expect(live().status).toBe('alive');
  });

  it('asks again after a refusal, more and more seldom', () => {
    for (const wait of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
      const before = lines.length;
      last().refuse(false);
      clock.pass(wait - 1);
      expect(lines).toHaveLength(before);
      clock.pass(1);
      expect(lines).toHaveLength(before + 1);
    }
  });

  it('ends for good when it is over', () => {
    whole();
    last().say('over');
    expect(live()).toMatchObject({ status: 'over', film: null, open: [] });
    clock.pass(60_000);
    expect(lines).toHaveLength(1);
    expect(live().status).toBe('over');
  });

  it('ends for good when the session is not there for this person', () => {
    last().refuse(true);
    expect(live().status).toBe('over');
    clock.pass(60_000);
    expect(lines).toHaveLength(1);
  });

  it.each(['', 'null', 'x', '5'])('ignores what it cannot read (%s)', (data) => {
    whole();
    last().say('film', data);
    expect(live().film?.seq).toBe(1);
  });
});
