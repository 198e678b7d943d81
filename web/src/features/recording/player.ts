/** How the film stands. Positions in milliseconds from its start. */
export interface PlayerState {
  playing: boolean;
  waiting: boolean;
  failed: boolean;
  positionMs: number;
  /** 0 while unknown. */
  durationMs: number;
  rate: number;
  volume: number;
  muted: boolean;
}

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** Most cameras make 25 or 30 pictures a second; the browser does not tell which. */
const FRAME_MS = 40;
const VOLUME_STEP = 0.1;

const initial: PlayerState = {
  playing: false,
  waiting: false,
  failed: false,
  positionMs: 0,
  durationMs: 0,
  rate: 1,
  volume: 1,
  muted: false,
};

const events = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'seeked',
  'durationchange',
  'loadedmetadata',
  'ratechange',
  'volumechange',
  'waiting',
  'playing',
  'canplay',
  'error',
] as const;

/** A native <video> with one state that the controls, the timeline and the notes share. */
export class Player {
  private video: HTMLVideoElement | null = null;
  private state: PlayerState = initial;
  private readonly listeners = new Set<() => void>();
  private frame = 0;

  private knownDurationMs = 0;

  /** What the server read from the container, in ms; browsers do not know the length of every film. */
  setKnownDuration(ms: number): void {
    this.knownDurationMs = ms;
    if (this.state.durationMs === 0) this.set({ ...this.state, durationMs: ms });
  }

  /**
   * Takes a <video> and goes on where the film was; returns the way to let it go, which empties it.
   */
  attach(video: HTMLVideoElement, src: string): () => void {
    this.video = video;
    const startMs = this.state.positionMs;
    for (const name of events) video.addEventListener(name, this.read);
    video.addEventListener('loadedmetadata', this.findLength);
    video.src = startMs > 0 ? `${src}#t=${startMs / 1000}` : src;
    this.set({ ...initial, durationMs: this.knownDurationMs, positionMs: startMs });
    return () => this.release(video);
  }

  /** Stops and lets go of every byte: a paused <video> keeps its buffer, an emptied one does not. */
  private release(video: HTMLVideoElement): void {
    for (const name of events) video.removeEventListener(name, this.read);
    video.removeEventListener('loadedmetadata', this.findLength);
    cancelAnimationFrame(this.frame);
    video.pause();
    video.removeAttribute('src');
    video.load();
    this.video = null;
    this.set({ ...initial, positionMs: this.state.positionMs, durationMs: this.state.durationMs });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): PlayerState => this.state;

  toggle(): void {
    if (this.state.playing) this.pause();
    else this.play();
  }

  play(): void {
    // Rejected when paused or emptied before it began: the state tells, nothing is lost.
    this.video?.play().catch(() => {});
  }

  pause(): void {
    this.video?.pause();
  }

  /** Goes to a position, kept within the film. */
  seek(ms: number): void {
    const { durationMs } = this.state;
    const target = Math.max(0, durationMs > 0 ? Math.min(ms, durationMs) : ms);
    if (this.video) this.video.currentTime = target / 1000;
    this.set({ ...this.state, positionMs: target });
  }

  skip(ms: number): void {
    this.seek(this.state.positionMs + ms);
  }

  /** One picture on or back. */
  step(direction: 1 | -1): void {
    this.pause();
    this.skip(direction * FRAME_MS);
  }

  setRate(rate: number): void {
    if (this.video) this.video.playbackRate = rate;
  }

  setVolume(volume: number): void {
    if (!this.video) return;
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = this.video.volume === 0;
  }

  louder(): void {
    this.setVolume(this.state.volume + VOLUME_STEP);
  }

  softer(): void {
    this.setVolume(this.state.volume - VOLUME_STEP);
  }

  toggleMuted(): void {
    if (this.video) this.video.muted = !this.video.muted;
  }

  /** A film made by a browser has no length in its head. Looking for a far end makes the browser find it. */
  private readonly findLength = (): void => {
    const { video } = this;
    if (!video || video.duration !== Number.POSITIVE_INFINITY || this.knownDurationMs > 0) return;
    const back = () => {
      video.currentTime = 0;
    };
    video.addEventListener('durationchange', back, { once: true });
    video.currentTime = Number.MAX_SAFE_INTEGER;
  };

  private readonly read = (): void => {
    const { video } = this;
    if (!video) return;
    const seconds = video.duration;
    const durationMs =
      Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : this.knownDurationMs;
    const playing = !video.paused && !video.ended;
    this.set({
      playing,
      waiting: playing && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      failed: video.error !== null,
      positionMs: Math.round(video.currentTime * 1000),
      durationMs,
      rate: video.playbackRate,
      volume: video.volume,
      muted: video.muted,
    });
    cancelAnimationFrame(this.frame);
    // timeupdate comes four times a second: too coarse for a playhead that should glide.
    if (playing) this.frame = requestAnimationFrame(this.read);
  };

  private set(state: PlayerState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
