import type { Clock } from '../../../time/watchdog';
import { type Film, type FilmCommand, type Stretch, toFilm, toVideo, within } from './film';
import type { Playable } from './follower';

/** While the film plays, where it is goes to the others so often, in ms. */
export const HEARTBEAT_MS = 2000;
/** HTMLMediaElement.HAVE_FUTURE_DATA. */
const CAN_GO_ON = 3;

/**
 * The <video> of whoever leads. What they do happens here at once and is then told; while this screen has the film
 * its own place counts, so that the others wait when it waits for bytes. As soon as anyone else moves the film
 * (the same person on another screen, too) this one follows like all others, until something is done here again.
 */
export class Leader {
  private wants = false;
  private rate = 1;
  /** This screen has the film, since something was done here. */
  private taken = false;
  /** The last change that was made here. */
  private mine: number | null = null;
  private sending = false;
  private untold = false;
  private timer: number | undefined;

  constructor(
    private readonly video: Playable,
    private readonly stretch: Stretch,
    private readonly send: (command: FilmCommand) => Promise<Film>,
    private readonly failed: (error: unknown) => void,
    private readonly clock: Clock,
  ) {}

  /** Whether this screen has the film: it is then not held to what the server tells. */
  has(film: Film | null): boolean {
    if (!this.taken || this.sending) return this.taken;
    if (this.mine !== null && film && film.seq > this.mine) this.letGo();
    return this.taken;
  }

  play(film: Film | null): void {
    this.take(film);
    this.wants = true;
    if (this.at() >= this.stretch.endMs) this.goTo(this.stretch.startMs);
    this.video.playbackRate = this.rate;
    this.video.play().then(() => this.tell(), this.giveUp);
  }

  pause(film: Film | null): void {
    this.take(film);
    this.stand();
  }

  /** Goes to a place in the recording, in ms. */
  seek(filmMs: number, film: Film | null): void {
    this.take(film);
    this.goTo(filmMs);
    this.tell();
  }

  setRate(rate: number, film: Film | null): void {
    this.take(film);
    this.rate = rate;
    this.video.playbackRate = rate;
    this.tell();
  }

  /** The video waits for bytes or goes on: everyone waits along. To be called at each of these. */
  readonly moved = (): void => {
    if (this.taken) this.tell();
  };

  /** Stops at the end of the fragment; the file may go on. To be called a few times a second. */
  tick(): void {
    if (this.taken && this.wants && this.at() >= this.stretch.endMs) this.stand();
  }

  stop(): void {
    this.letGo();
  }

  /** Goes on from how the film is for everyone. */
  private take(film: Film | null): void {
    if (this.taken) return;
    this.taken = true;
    this.wants = film?.playing ?? false;
    this.rate = film?.rate ?? 1;
  }

  private stand(): void {
    this.wants = false;
    this.video.pause();
    this.tell();
  }

  private goTo(filmMs: number): void {
    this.video.currentTime = toVideo(this.stretch, filmMs);
  }

  private at(): number {
    return toFilm(this.stretch, this.video.currentTime);
  }

  private letGo(): void {
    this.taken = false;
    this.mine = null;
    if (this.timer !== undefined) this.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** One at a time, so that none overtakes another; what is told is how it is when its turn comes. */
  private tell(): void {
    this.untold = true;
    if (this.sending) return;
    this.sending = true;
    this.untold = false;
    this.send(this.state())
      .then((film) => {
        this.mine = film.seq;
      }, this.giveUp)
      .finally(() => {
        this.sending = false;
        if (this.untold) this.tell();
        else this.beat();
      });
  }

  /** Not led from here: whatever the server tells counts again. */
  private readonly giveUp = (error: unknown): void => {
    this.untold = false;
    this.letGo();
    this.failed(error);
  };

  private state(): FilmCommand {
    return {
      n: this.stretch.n,
      positionMs: Math.round(within(this.stretch, this.at())),
      playing: this.wants && this.video.readyState >= CAN_GO_ON,
      rate: this.rate,
    };
  }

  private beat(): void {
    if (this.timer !== undefined) this.clock.clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.taken || !this.wants) return;
    this.timer = this.clock.setTimeout(() => this.moved(), HEARTBEAT_MS);
  }
}
