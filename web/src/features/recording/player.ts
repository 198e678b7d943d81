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
  /** The piece that was chosen with "begin" and "end"; null where it is not chosen. */
  pieceStartMs: number | null;
  pieceEndMs: number | null;
  /** The piece plays again and again. */
  looping: boolean;
}

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** Most cameras make 25 or 30 pictures a second; the browser does not tell which. */
const FRAME_MS = 40;
/** What one just saw: a piece whose beginning was not chosen begins so long before its end. */
const JUST_NOW_MS = 5000;
/** Shorter than this nobody sees or hears anything. */
const SHORTEST_PIECE_MS = 200;

const initial: PlayerState = {
  playing: false,
  waiting: false,
  failed: false,
  positionMs: 0,
  durationMs: 0,
  rate: 1,
  volume: 1,
  muted: false,
  pieceStartMs: null,
  pieceEndMs: null,
  looping: false,
};

/** A film that is not, or no longer, on the screen. */
const still = { playing: false, waiting: false, failed: false } as const;

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

/** A fragment as a file of its own: it begins at a picture that stands by itself, which lies before what is seen. */
interface Cut {
  /** How much of the file comes before the fragment, in ms. */
  leadMs: number;
  /** How long the fragment is, in ms. */
  durationMs: number;
}

/** A native <video> with one state that the controls, the timeline and the notes share. */
export class Player {
  private video: HTMLVideoElement | null = null;
  private state: PlayerState = initial;
  private readonly listeners = new Set<() => void>();
  private frame = 0;

  private knownDurationMs = 0;

  /** Of a fragment nothing before its beginning and nothing after its end is shown; its positions begin at 0. */
  constructor(private readonly cut: Cut | null = null) {
    if (cut) this.setKnownDuration(cut.durationMs);
  }

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
    const from = this.inFile(startMs);
    video.src = from > 0 ? `${src}#t=${from}` : src;
    const { rate, volume, muted } = this.state;
    // Loading sets the speed back to the default one.
    video.defaultPlaybackRate = rate;
    video.playbackRate = rate;
    video.volume = volume;
    video.muted = muted;
    this.set({ ...this.state, ...still, durationMs: this.knownDurationMs });
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
    this.set({ ...this.state, ...still });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): PlayerState => this.state;

  /** Whether there is a <video> that shows it. */
  isOnScreen(): boolean {
    return this.video !== null;
  }

  toggle(): void {
    if (this.state.playing) this.pause();
    else this.play();
  }

  play(): void {
    // The browser itself begins anew at the end of a file, but a fragment may end before it.
    if (this.cut && this.state.positionMs >= this.cut.durationMs) this.seek(0);
    // Rejected when paused or emptied before it began: the state tells, nothing is lost.
    this.video?.play().catch(() => {});
  }

  pause(): void {
    this.video?.pause();
  }

  /** Goes to a position, kept within the film. Whoever goes out of a piece that repeats has done with it. */
  seek(ms: number): void {
    const { durationMs } = this.state;
    const target = Math.max(0, durationMs > 0 ? Math.min(ms, durationMs) : ms);
    const piece = this.piece();
    const stays = piece !== null && target >= piece.startMs && target <= piece.endMs;
    if (this.video) this.video.currentTime = this.inFile(target);
    this.set({ ...this.state, positionMs: target, looping: this.state.looping && stays });
  }

  /** Goes on or back; in a piece that repeats it stays within it. */
  skip(ms: number): void {
    const target = this.state.positionMs + ms;
    const piece = this.state.looping ? this.piece() : null;
    this.seek(piece ? Math.min(Math.max(target, piece.startMs), piece.endMs) : target);
  }

  /** One picture on or back. */
  step(direction: 1 | -1): void {
    this.pause();
    this.skip(direction * FRAME_MS);
  }

  setRate(rate: number): void {
    if (this.video) this.video.playbackRate = rate;
    this.set({ ...this.state, rate });
  }

  /** The next speed up or down; at the last one it stays. */
  changeRate(direction: 1 | -1): void {
    const at = rates.findIndex((rate) => rate >= this.state.rate);
    const rate = rates[Math.min(Math.max(at + direction, 0), rates.length - 1)];
    if (rate !== undefined) this.setRate(rate);
  }

  setVolume(volume: number): void {
    if (!this.video) return;
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = this.video.volume === 0;
  }

  toggleMuted(): void {
    if (this.video) this.video.muted = !this.video.muted;
  }

  /** The chosen piece, when both its ends are. */
  piece(): { startMs: number; endMs: number } | null {
    const { pieceStartMs, pieceEndMs } = this.state;
    return pieceStartMs === null || pieceEndMs === null ? null : { startMs: pieceStartMs, endMs: pieceEndMs };
  }

  /** The piece begins here. An end that would lie before it is let go. */
  beginPiece(): void {
    const { positionMs, pieceEndMs } = this.state;
    const keeps = pieceEndMs !== null && pieceEndMs - positionMs >= SHORTEST_PIECE_MS;
    this.set({
      ...this.state,
      pieceStartMs: positionMs,
      pieceEndMs: keeps ? pieceEndMs : null,
      looping: this.state.looping && keeps,
    });
  }

  /** The piece ends here; without a beginning before it, it is what one just saw. */
  endPiece(): void {
    const { positionMs, pieceStartMs } = this.state;
    const keeps = pieceStartMs !== null && positionMs - pieceStartMs >= SHORTEST_PIECE_MS;
    this.choosePiece(keeps ? pieceStartMs : positionMs - JUST_NOW_MS, positionMs);
  }

  /** Chooses an interval of the film, kept within it. */
  choosePiece(startMs: number, endMs: number): void {
    const start = Math.max(0, Math.round(startMs));
    const end = Math.max(Math.round(endMs), start + SHORTEST_PIECE_MS);
    this.set({ ...this.state, pieceStartMs: start, pieceEndMs: end });
  }

  /** Ends the repeating and lets the piece go. */
  clearPiece(): void {
    this.set({ ...this.state, pieceStartMs: null, pieceEndMs: null, looping: false });
  }

  /** Plays the piece again and again, or no longer; without a piece, what one just saw. */
  toggleLoop(): void {
    if (this.state.looping) {
      this.set({ ...this.state, looping: false });
      return;
    }
    if (!this.piece()) this.endPiece();
    const piece = this.piece();
    if (!piece) return;
    const { positionMs } = this.state;
    if (positionMs < piece.startMs || positionMs >= piece.endMs) this.seek(piece.startMs);
    this.set({ ...this.state, looping: true });
    this.play();
  }

  /** At the end of a piece that repeats: back to its beginning. */
  private again(): void {
    const piece = this.state.looping ? this.piece() : null;
    const { video } = this;
    if (!piece || !video || video.seeking) return;
    const runs = !video.paused && this.inFilm(video.currentTime) >= piece.endMs;
    if (!runs && !video.ended) return;
    video.currentTime = this.inFile(piece.startMs);
    if (video.ended) this.play();
  }

  /** A film made by a browser has no length in its head. Looking for a far end makes the browser find it. */
  private readonly findLength = (): void => {
    const { video } = this;
    if (!video || video.duration !== Number.POSITIVE_INFINITY || this.knownDurationMs > 0) return;
    const wasAt = video.currentTime;
    const back = () => {
      video.currentTime = wasAt;
    };
    video.addEventListener('durationchange', back, { once: true });
    video.currentTime = Number.MAX_SAFE_INTEGER;
  };

  /** Where a position lies in the file, in seconds. */
  private inFile(ms: number): number {
    return (ms + (this.cut?.leadMs ?? 0)) / 1000;
  }

  /** The position of a place in the file. */
  private inFilm(seconds: number): number {
    return Math.max(0, Math.round(seconds * 1000 - (this.cut?.leadMs ?? 0)));
  }

  private lengthOf({ duration }: HTMLVideoElement): number {
    if (this.cut) return this.cut.durationMs;
    return Number.isFinite(duration) && duration > 0 ? Math.round(duration * 1000) : this.knownDurationMs;
  }

  /** A file may go on a little after the end of its fragment: the film does not. */
  private stopAtEnd(video: HTMLVideoElement): void {
    if (!this.cut || video.paused || this.inFilm(video.currentTime) < this.cut.durationMs) return;
    video.pause();
  }

  private readonly read = (): void => {
    const { video } = this;
    if (!video) return;
    this.stopAtEnd(video);
    const durationMs = this.lengthOf(video);
    const playing = !video.paused && !video.ended;
    this.again();
    this.set({
      ...this.state,
      playing,
      waiting: playing && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      failed: video.error !== null,
      positionMs: this.inFilm(video.currentTime),
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
