import { useEffect } from 'react';
import type { TimelineView } from './timelineView';

/** A finger that moves less than this taps. */
const TAP_PX = 8;
const WHEEL_STEP = 1.002;

interface Finger {
  x: number;
  startX: number;
}

/**
 * Pointing on the timeline: a press goes there, a mouse that drags goes along, a finger that drags moves the
 * visible part when there is more to see, two fingers zoom, and so does the wheel with Ctrl. All of it is an
 * extra: buttons, keys and sliders do the same.
 */
export function useGestures(track: HTMLElement | null, seek: (ms: number) => void, view: TimelineView): void {
  useEffect(() => {
    if (!track) return undefined;
    const gestures = new Gestures(track, seek, view);
    return gestures.listen();
  }, [seek, track, view]);
}

class Gestures {
  private readonly fingers = new Map<number, Finger>();
  private scrubbing = false;
  private moved = false;

  constructor(
    private readonly track: HTMLElement,
    private readonly seek: (ms: number) => void,
    private readonly view: TimelineView,
  ) {}

  listen(): () => void {
    const stop = new AbortController();
    const on = (
      name: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
      does: (event: PointerEvent) => void,
    ) => this.track.addEventListener(name, does, { signal: stop.signal });
    on('pointerdown', this.down);
    on('pointermove', this.move);
    on('pointerup', this.up);
    on('pointercancel', this.cancel);
    // Not passive: with Ctrl the browser would zoom the whole page.
    this.track.addEventListener('wheel', this.wheel, { signal: stop.signal, passive: false });
    return () => stop.abort();
  }

  private timeAt(x: number): number {
    const box = this.track.getBoundingClientRect();
    const { fromMs, spanMs } = this.view.snapshot();
    return box.width > 0 ? fromMs + ((x - box.left) / box.width) * spanMs : fromMs;
  }

  private msOf(px: number): number {
    const { width } = this.track.getBoundingClientRect();
    return width > 0 ? (px / width) * this.view.snapshot().spanMs : 0;
  }

  private readonly down = (event: PointerEvent): void => {
    const onSign = (event.target as Element).closest('button, [data-sign]') !== null;
    if (event.pointerType === 'touch') {
      this.fingers.set(event.pointerId, { x: event.clientX, startX: event.clientX });
      this.moved = this.fingers.size > 1 || onSign;
      return;
    }
    if (onSign || event.button !== 0) return;
    this.track.setPointerCapture?.(event.pointerId);
    this.scrubbing = true;
    this.seek(this.timeAt(event.clientX));
  };

  private readonly move = (event: PointerEvent): void => {
    if (this.scrubbing) {
      this.seek(this.timeAt(event.clientX));
      return;
    }
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    const before = [...this.fingers.values()].map(({ x }) => x);
    const dx = event.clientX - finger.x;
    if (!this.moved && Math.abs(event.clientX - finger.startX) < TAP_PX) return;
    this.moved = true;
    finger.x = event.clientX;
    if (this.fingers.size > 1) this.pinch(before);
    else if (this.view.isWhole()) this.seek(this.timeAt(event.clientX));
    else this.view.moveTo(this.view.snapshot().fromMs - this.msOf(dx));
  };

  private pinch(before: number[]): void {
    const after = [...this.fingers.values()].map(({ x }) => x);
    const width = (xs: number[]) => Math.max(1, Math.max(...xs) - Math.min(...xs));
    const middle = (xs: number[]) => (Math.max(...xs) + Math.min(...xs)) / 2;
    this.view.zoom(width(after) / width(before), this.timeAt(middle(before)));
    this.view.moveTo(this.view.snapshot().fromMs - this.msOf(middle(after) - middle(before)));
  }

  private readonly up = (event: PointerEvent): void => {
    const tapped = this.fingers.has(event.pointerId) && !this.moved && this.fingers.size === 1;
    if (tapped) this.seek(this.timeAt(event.clientX));
    this.cancel(event);
  };

  private readonly cancel = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    this.scrubbing = false;
  };

  private readonly wheel = (event: WheelEvent): void => {
    if (event.ctrlKey) {
      event.preventDefault();
      this.view.zoom(WHEEL_STEP ** -event.deltaY, this.timeAt(event.clientX));
      return;
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY) || this.view.isWhole()) return;
    event.preventDefault();
    this.view.moveTo(this.view.snapshot().fromMs + this.msOf(sideways));
  };
}
