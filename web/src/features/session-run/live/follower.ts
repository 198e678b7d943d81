import { type Film, positionAt, type Stretch, toFilm, toVideo } from './film';

/** What a follower needs of a <video>. */
export type Playable = Pick<
  HTMLVideoElement,
  'currentTime' | 'paused' | 'ended' | 'playbackRate' | 'seeking' | 'readyState' | 'play' | 'pause'
>;

/** How the film is on this screen, against how it is for everyone. */
export type Following =
  | 'nothing' // there is no film on
  | 'waiting' // for the film's bytes, or for the server's clock
  | 'with' // along with everyone
  | 'refused'; // this browser starts no film by itself: someone must press a button

/** Further off than this the film jumps; that is the promise, too: everyone within 300 ms. */
export const JUMP_MS = 300;
/** One picture. Less off than this is not off. */
const SAME_MS = 40;
/** So much faster or slower nobody hears that it catches up or waits. */
export const BEND = 0.05;
/** Half of being 300 ms off is caught up with in about 3 s. */
const BEND_PER_MS = BEND / 150;
/** One jump has to come down before it is known whether another is needed. */
const BETWEEN_JUMPS_MS = 1000;
const LONGEST_COST_MS = 2000;
/** HTMLMediaElement.HAVE_METADATA and HAVE_FUTURE_DATA. */
const KNOWS_LENGTH = 1;
const CAN_GO_ON = 3;

/**
 * Holds one <video> to the film that everyone sees. Call `tick` at each change and a few times a second: it plays,
 * pauses, jumps when it is more than 300 ms off, and else plays up to 5 % faster or slower until it is right.
 */
export class Follower {
  private following: Following = 'nothing';
  private starting = false;
  private seq = -1;
  private jumpedAt = Number.NEGATIVE_INFINITY;
  /** Whether the last jump has come down. */
  private landed = true;
  /** What a jump costs here, in ms: as much as the last one came down too late. */
  private cost = 0;

  constructor(
    private readonly video: Playable,
    private readonly stretch: Stretch,
    private readonly changed: (following: Following) => void,
  ) {}

  /** Holds the video to the film. localNow is a clock that only goes on; serverNow is null while unknown. */
  tick(film: Film | null, serverNow: number | null, localNow: number): void {
    if (!film || film.n !== this.stretch.n) {
      this.pause();
      this.hideLead();
      this.tell('nothing');
      return;
    }
    if (serverNow === null || this.video.readyState < KNOWS_LENGTH) {
      this.tell('waiting');
      return;
    }
    const target = positionAt(film, serverNow, this.stretch);
    const goesOn = film.playing && target < this.stretch.endMs;
    const anew = film.seq !== this.seq;
    this.seq = film.seq;
    if (goesOn) this.along(film, target, anew, localNow);
    else this.stand(target);
  }

  /** Someone pressed the button: now the browser lets it play. */
  join(): void {
    this.following = 'waiting';
    this.play();
  }

  /** What a cut has before the fragment is not shown, also before anyone led the film. */
  private hideLead(): void {
    if (this.video.readyState < KNOWS_LENGTH || this.at() >= this.stretch.startMs - SAME_MS) return;
    this.video.currentTime = toVideo(this.stretch, this.stretch.startMs);
  }

  private stand(target: number): void {
    this.pause();
    if (Math.abs(this.at() - target) > SAME_MS) this.video.currentTime = toVideo(this.stretch, target);
    this.tell('with');
  }

  private along(film: Film, target: number, anew: boolean, localNow: number): void {
    const off = this.at() - target;
    this.noteLanding(off, anew);
    if (Math.abs(off) > JUMP_MS) {
      this.video.playbackRate = film.rate;
      this.jump(film, target, anew, localNow);
    } else {
      this.video.playbackRate = film.rate * (1 + bend(off));
    }
    if (this.video.paused) this.play();
    else this.tell(this.video.readyState >= CAN_GO_ON ? 'with' : 'waiting');
  }

  /** A jump takes time, in which the others go on: the next one aims so much further. */
  private jump(film: Film, target: number, anew: boolean, localNow: number): void {
    if (this.video.seeking || (!anew && localNow - this.jumpedAt < BETWEEN_JUMPS_MS)) return;
    this.jumpedAt = localNow;
    this.landed = false;
    const ahead = this.video.paused ? 0 : this.cost * film.rate;
    this.video.currentTime = toVideo(this.stretch, target + ahead);
  }

  private noteLanding(off: number, anew: boolean): void {
    if (this.landed || this.video.seeking || this.video.readyState < CAN_GO_ON) return;
    this.landed = true;
    if (!anew) this.cost = Math.min(Math.max(this.cost - off, 0), LONGEST_COST_MS);
  }

  private play(): void {
    if (this.starting || this.following === 'refused') return;
    this.starting = true;
    this.video.play().then(
      () => this.started('with'),
      // Broken off by a pause of ours is no refusal.
      (error: unknown) => this.started(isRefusal(error) ? 'refused' : 'waiting'),
    );
  }

  private started(following: Following): void {
    this.starting = false;
    this.tell(following);
  }

  private pause(): void {
    if (!this.video.paused) this.video.pause();
  }

  private at(): number {
    return toFilm(this.stretch, this.video.currentTime);
  }

  private tell(following: Following): void {
    // Until someone presses the button a refused film stays refused, also while it stands.
    if (this.following === 'refused' && following !== 'nothing' && this.video.paused) return;
    if (following === this.following) return;
    this.following = following;
    this.changed(following);
  }
}

/** How much faster (+) or slower (-) to play when so many ms ahead. */
function bend(offMs: number): number {
  if (Math.abs(offMs) <= SAME_MS) return 0;
  return Math.min(BEND, Math.max(-BEND, -offMs * BEND_PER_MS));
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
