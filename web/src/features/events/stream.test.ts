import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Heard, shareStream } from './stream';

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeEventSource[] = [];
  readyState = 1;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeEventSource.opened.push(this);
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
  }

  send(type: string, data = '') {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

class FakeChannel {
  static all = new Set<FakeChannel>();
  onmessage: ((message: { data: unknown }) => void) | null = null;

  constructor() {
    FakeChannel.all.add(this);
  }

  postMessage(data: unknown) {
    for (const channel of FakeChannel.all) if (channel !== this) channel.onmessage?.({ data });
  }

  close() {
    FakeChannel.all.delete(this);
  }
}

/** One lock, first come first served, as navigator.locks does for one name. */
class FakeLocks {
  private queue: (() => void)[] = [];
  private held = false;

  async request(_name: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) {
    if (this.held) {
      await new Promise<void>((turn, fail) => {
        this.queue.push(turn);
        signal.addEventListener('abort', () => {
          this.queue = this.queue.filter((other) => other !== turn);
          fail(new DOMException('', 'AbortError'));
        });
      });
    }
    this.held = true;
    await run();
    this.held = false;
    this.queue.shift()?.();
  }
}

const settle = () => vi.waitFor(() => Promise.resolve());
const open = () => FakeEventSource.opened.filter(({ readyState }) => readyState !== FakeEventSource.CLOSED);

describe('the stream of events', () => {
  beforeEach(() => {
    FakeEventSource.opened = [];
    FakeChannel.all.clear();
    vi.stubGlobal('EventSource', FakeEventSource);
    vi.stubGlobal('BroadcastChannel', FakeChannel);
    Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, 'locks');
  });

  it('is opened once for all tabs, and every tab hears it', async () => {
    const heard: [Heard[], Heard[]] = [[], []];
    shareStream((event) => heard[0].push(event));
    shareStream((event) => heard[1].push(event));
    await settle();
    expect(open()).toHaveLength(1);
    open()[0]?.send('alive');
    open()[0]?.send('changed', '{"kind":"recording","id":"r1"}');
    const both = [{ type: 'alive' }, { type: 'changed', event: { kind: 'recording', id: 'r1' } }];
    expect(heard).toEqual([both, both]);
  });

  it('passes to another tab when the listening one closes', async () => {
    const heard: Heard[] = [];
    const closeFirst = shareStream(() => {});
    shareStream((event) => heard.push(event));
    await settle();
    closeFirst();
    await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(2));
    expect(open()).toHaveLength(1);
    open()[0]?.send('alive');
    expect(heard).toEqual([{ type: 'alive' }]);
  });

  it('is a tab’s own where tabs cannot agree', () => {
    Reflect.deleteProperty(navigator, 'locks');
    const heard: Heard[] = [];
    const close = shareStream((event) => heard.push(event));
    open()[0]?.send('alive');
    expect(heard).toEqual([{ type: 'alive' }]);
    close();
    expect(open()).toHaveLength(0);
  });

  it.each(['', 'x', 'null', '{}', '{"id":5}'])('ignores a malformed event (%s)', (data) => {
    Reflect.deleteProperty(navigator, 'locks');
    const heard: Heard[] = [];
    shareStream((event) => heard.push(event));
    open()[0]?.send('changed', data);
    expect(heard).toEqual([]);
  });
});
