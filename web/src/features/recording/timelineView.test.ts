import { describe, expect, it } from 'vitest';
import { MIN_SPAN_MS, TimelineView } from './timelineView';

const HOUR = 3_600_000;

function viewOf(durationMs = HOUR) {
  const view = new TimelineView();
  view.setDuration(durationMs);
  return view;
}

describe('the visible part', () => {
  it('is the whole film at first, and stays it when the length changes', () => {
    const view = viewOf(60_000);
    expect(view.snapshot()).toEqual({ fromMs: 0, spanMs: 60_000, durationMs: 60_000 });
    view.setDuration(64_000);
    expect(view.isWhole()).toBe(true);
    expect(view.snapshot().spanMs).toBe(64_000);
  });

  it('never leaves the film, whatever is done to it', () => {
    const view = viewOf();
    let state = 11;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    for (let turn = 0; turn < 2000; turn++) {
      const ms = random(HOUR * 2) - HOUR / 2;
      const acts = [
        () => view.zoom(0.2 + random(100) / 20, ms),
        () => view.moveTo(ms),
        () => view.show(ms, ms + random(100_000)),
        () => view.reveal(ms),
        () => view.follow(random(HOUR)),
        () => view.zoomIn(),
        () => view.zoomOut(),
      ];
      acts[random(acts.length)]?.();
      const { fromMs, spanMs } = view.snapshot();
      expect(fromMs).toBeGreaterThanOrEqual(0);
      expect(spanMs).toBeGreaterThanOrEqual(MIN_SPAN_MS);
      expect(fromMs + spanMs).toBeLessThanOrEqual(HOUR + 0.001);
    }
  });

  it('keeps the place under the pointer where it is while zooming', () => {
    const view = viewOf();
    view.zoom(4, 900_000);
    const { fromMs, spanMs } = view.snapshot();
    expect((900_000 - fromMs) / spanMs).toBeCloseTo(0.25);
  });

  it('comes nearer to several marks until they are apart, and to one place as near as it goes', () => {
    const view = viewOf();
    view.show(600_000, 660_000);
    const { fromMs, spanMs } = view.snapshot();
    expect(spanMs).toBe(96_000);
    expect(fromMs).toBeLessThan(600_000);
    expect(fromMs + spanMs).toBeGreaterThan(660_000);
    view.show(600_000, 600_000);
    expect(view.isNearest()).toBe(true);
  });
});

describe('following the film', () => {
  function near() {
    const view = viewOf();
    view.zoom(60, 0);
    view.follow(30_000);
    return view;
  }

  it('leaves the picture at rest until the film is near the end of it, then turns it like a page', () => {
    const view = near();
    for (let ms = 30_000; ms <= 58_000; ms += 16) view.follow(ms);
    expect(view.snapshot().fromMs).toBe(0);
    for (let ms = 58_000; ms <= 58_400; ms += 16) view.follow(ms);
    const { fromMs, spanMs } = view.snapshot();
    expect((58_210 - fromMs) / spanMs).toBeCloseTo(0.15, 1);
  });

  it('goes along to another place, forwards and backwards', () => {
    const view = near();
    view.follow(1_800_000);
    const seen = (ms: number) => {
      const { fromMs, spanMs } = view.snapshot();
      return ms >= fromMs && ms <= fromMs + spanMs;
    };
    expect(seen(1_800_000)).toBe(true);
    view.follow(5000);
    expect(seen(5000)).toBe(true);
  });

  it('leaves who looks elsewhere in peace while the film plays on', () => {
    const view = near();
    view.moveTo(2_000_000);
    for (let ms = 30_000; ms <= 90_000; ms += 16) view.follow(ms);
    expect(view.snapshot().fromMs).toBe(2_000_000);
  });
});
