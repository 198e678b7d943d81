/** Which part of the film the timeline shows. Milliseconds from the film's start. */
export interface ViewState {
  fromMs: number;
  spanMs: number;
  /** 0 while unknown. */
  durationMs: number;
}

/** Nearer than this nothing is told apart any better. */
export const MIN_SPAN_MS = 5000;
/** The visible part turns like a page: when the film nears its end, and then begins a little before the film. */
const TURN_AT = 0.97;
const LANDS_AT = 0.15;
/** More than playing does between two looks: someone went to another place. */
const JUMP_MS = 1500;
const ZOOM_STEP = 2;

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The visible part of the timeline, held outside React so that the playhead can glide without a render. */
export class TimelineView {
  private state: ViewState = { fromMs: 0, spanMs: 0, durationMs: 0 };
  private readonly listeners = new Set<() => void>();
  private playheadMs = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): ViewState => this.state;

  /** The length of the film became known or changed; a whole film stays whole. */
  setDuration(durationMs: number): void {
    const { state } = this;
    if (durationMs === state.durationMs) return;
    const whole = state.spanMs >= state.durationMs;
    this.state = { ...state, durationMs };
    this.set(state.fromMs, whole ? durationMs : state.spanMs);
  }

  /** Shows factor times less of the film; the place that is looked at stays where it is on the screen. */
  zoom(factor: number, aboutMs = this.middle()): void {
    const { fromMs, spanMs } = this.state;
    const wanted = this.bounded(spanMs / factor);
    this.set(aboutMs - ((aboutMs - fromMs) / spanMs) * wanted, wanted);
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  /** Shows an interval with room on both sides; at least twice as near as now. */
  show(startMs: number, endMs: number): void {
    const spanMs = this.bounded(Math.min(this.state.spanMs / ZOOM_STEP, (endMs - startMs) * 1.6));
    this.set((startMs + endMs - spanMs) / 2, spanMs);
  }

  /** Whether zooming in shows anything nearer. */
  isNearest(): boolean {
    return this.state.spanMs <= Math.min(MIN_SPAN_MS, this.state.durationMs);
  }

  isWhole(): boolean {
    return this.state.spanMs >= this.state.durationMs;
  }

  moveTo(fromMs: number): void {
    this.set(fromMs, this.state.spanMs);
  }

  /** Moves only when the position is out of sight. */
  reveal(ms: number): void {
    const { fromMs, spanMs } = this.state;
    if (ms < fromMs || ms > fromMs + spanMs) this.moveTo(ms - spanMs * LANDS_AT);
  }

  /**
   * Follows the film. Who moved the visible part away is left in peace until the film is in sight again
   * or goes to another place.
   */
  follow(positionMs: number): void {
    const { fromMs, spanMs } = this.state;
    const before = this.playheadMs;
    this.playheadMs = positionMs;
    if (before === positionMs) return;
    const jumped = Math.abs(positionMs - before) > JUMP_MS;
    const wasInSight = before >= fromMs && before <= fromMs + spanMs;
    if (!jumped && !wasInSight) return;
    const turns = !jumped && positionMs > before && positionMs > fromMs + spanMs * TURN_AT;
    if (turns) this.moveTo(positionMs - spanMs * LANDS_AT);
    else this.reveal(positionMs);
  }

  /** The playhead when it is in sight, else the middle. */
  private middle(): number {
    const { fromMs, spanMs } = this.state;
    const inSight = this.playheadMs >= fromMs && this.playheadMs <= fromMs + spanMs;
    return inSight ? this.playheadMs : fromMs + spanMs / 2;
  }

  private bounded(spanMs: number): number {
    const { durationMs } = this.state;
    return clamp(spanMs, Math.min(MIN_SPAN_MS, durationMs), durationMs);
  }

  private set(fromMs: number, spanMs: number): void {
    const { state } = this;
    const span = this.bounded(spanMs);
    const next = { ...state, spanMs: span, fromMs: clamp(fromMs, 0, state.durationMs - span) };
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}
