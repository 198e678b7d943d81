import { isGone, toApiError } from '../../api/problem';
import type { ObservationForm } from '../../api/types';
import { type Answer, type Answers, answerOf } from './answers';

/** After so much quiet what was typed is sent. */
export const QUIET_MS = 700;
const RETRY_MS = [2000, 5000, 15_000, 30_000] as const;
/** As many answers as surely fit in one request. */
const BATCH = 8;
/** Longer than this the server does not keep; it stays on the screen until it is shorter. */
export const MAX_TEXT = 5000;

/** choosing: of an answer both stay until someone chooses. refused: the server does not take it as it is. */
export type Kept = 'kept' | 'keeping' | 'waiting' | 'choosing' | 'refused' | 'gone';

interface Filled {
  /** What is on the screen. */
  answers: Answers;
  /** What someone kept elsewhere meanwhile, where it differs from what was typed here. */
  theirs: Answers;
  kept: Kept;
}

export interface Server {
  send: (id: string, version: number, answers: ObservationForm['answers']) => Promise<ObservationForm>;
  /** The form as it is now; undefined when it is no longer there. */
  read: (id: string) => Promise<ObservationForm | undefined>;
}

/** What the server has not got yet of a form, and what it had there when that was typed. */
export interface Unsent {
  /** The form's. */
  id: string;
  mine: Answers;
  base: Answers;
}

/** Holds what is unsent through a reload, sealed. */
export interface Gap {
  put: (id: string, unsent: Omit<Unsent, 'id'>) => void;
  remove: (id: string) => void;
}

const answersList = (answers: Answers): ObservationForm['answers'] =>
  Object.entries(answers).map(([code, { text, moments }]) => ({ code, text, moments: [...moments] }));

const answersOf = (form: Pick<ObservationForm, 'answers'>): Answers =>
  Object.fromEntries(form.answers.map(({ code, text, moments }) => [code, { text, moments }]));

const same = (one: Answer, other: Answer) => JSON.stringify(one) === JSON.stringify(other);
export const isTooLong = ({ text }: Answer) => [...text].length > MAX_TEXT;

/**
 * Keeps one form as it is typed. What the server does not have yet is in memory alone, and is sent again until it
 * does. Of an answer that was changed elsewhere too, both stay until someone chooses.
 */
export class Keeping {
  private id: string;
  private version: number;
  /** What the server has, as far as this screen knows. */
  private base: Answers;
  private mine: Answers = {};
  private theirs: Answers = {};
  /** What was sent since the form was last read: it may have arrived although its answer did not. */
  private attempted: [code: string, answer: Answer][] = [];
  private kept: Kept = 'kept';
  private sending = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listeners = new Set<() => void>();
  private shown: Filled;

  constructor(
    form: ObservationForm,
    private readonly server: Server,
    private readonly gap?: Gap,
  ) {
    this.id = form.id;
    this.version = form.version;
    this.base = answersOf(form);
    this.shown = this.state();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): Filled => this.shown;

  /** Whether there is something that the server does not have. */
  unkept(): boolean {
    return Object.keys(this.mine).length > 0;
  }

  /** Goes on with what was typed before a reload; where the server has something else by now, both stay. */
  resume({ mine, base }: Omit<Unsent, 'id'>): void {
    const now = this.base;
    const form = { version: this.version, answers: answersList(now) };
    this.mine = { ...mine, ...this.mine };
    const known = Object.fromEntries(Object.keys(mine).map((code) => [code, answerOf(base, code)]));
    this.base = { ...now, ...known };
    this.meet(form);
    this.settle();
    this.plan(0);
  }

  change(code: string, answer: Answer): void {
    this.mine = { ...this.mine, [code]: answer };
    if (this.kept !== 'gone') this.kept = 'keeping';
    this.tell();
    this.plan(QUIET_MS);
  }

  /** Sends what there is to send now: the page may be about to go. */
  flush(): void {
    if (this.unkept() && this.kept !== 'gone') void this.keep();
  }

  /** Chooses between what was typed here and what was kept elsewhere. */
  choose(code: string, whose: 'mine' | 'theirs'): void {
    const { [code]: _theirs, ...theirs } = this.theirs;
    this.theirs = theirs;
    if (whose === 'theirs') this.drop(code);
    if (this.kept !== 'gone') this.kept = 'keeping';
    this.settle();
    this.plan(0);
  }

  /** A form that was read anew; nothing that was typed here is lost by it. */
  take(form: ObservationForm): void {
    if (this.sending || form.id !== this.id || form.version <= this.version) return;
    this.meet(form);
    this.settle();
    this.plan(0);
  }

  /** Deletes the form as it was last read here; when it was changed elsewhere, that is shown first. */
  async remove(remove: (id: string, version: number) => Promise<void>): Promise<void> {
    clearTimeout(this.timer);
    try {
      await remove(this.id, this.version);
    } catch (error) {
      if (isGone(error)) return;
      const form = toApiError(error).status === 412 ? await this.server.read(this.id) : undefined;
      if (form) this.take(form);
      throw error;
    }
  }

  /** The form was begun anew after it was deleted elsewhere: everything on this screen goes into it. */
  restart(form: ObservationForm): void {
    const { answers } = this.shown;
    this.gap?.remove(this.id);
    this.id = form.id;
    this.version = form.version;
    this.base = answersOf(form);
    this.theirs = {};
    this.mine = answers;
    this.kept = 'keeping';
    this.tell();
    this.plan(0);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.mine = {};
    this.listeners.clear();
  }

  private plan(ms: number): void {
    clearTimeout(this.timer);
    if (this.unkept() && this.kept !== 'gone') this.timer = setTimeout(() => void this.keep(), ms);
  }

  private sendable(): [code: string, answer: Answer][] {
    return Object.entries(this.mine)
      .filter(([code, answer]) => !(code in this.theirs) && !isTooLong(answer))
      .slice(0, BATCH);
  }

  private async keep(): Promise<void> {
    const sent = this.sendable();
    if (this.sending || sent.length === 0) {
      this.settle();
      return;
    }
    clearTimeout(this.timer);
    this.sending = true;
    this.attempted.push(...sent);
    try {
      const form = await this.server.send(this.id, this.version, answersList(Object.fromEntries(sent)));
      // What was typed while it was under way is still to be sent.
      for (const [code, answer] of sent) if (this.mine[code] === answer) this.drop(code);
      this.meet(form);
      this.failures = 0;
    } catch (error) {
      await this.fail(error);
    } finally {
      this.sending = false;
    }
    this.settle();
    if (this.kept === 'keeping') this.plan(QUIET_MS);
  }

  private async fail(error: unknown): Promise<void> {
    const { status } = toApiError(error);
    if (status === 400 || status === 413) {
      this.kept = 'refused';
      return;
    }
    try {
      if (status !== 412 && !isGone(error)) throw error;
      const form = await this.server.read(this.id);
      if (form) this.meet(form);
      else this.kept = 'gone';
      this.failures = 0;
    } catch {
      this.kept = 'waiting';
      this.plan(RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)] ?? 0);
    }
  }

  /** Takes over what the server has; where both changed, both stay. */
  private meet(form: Pick<ObservationForm, 'version' | 'answers'>): void {
    const now = answersOf(form);
    for (const [code, mine] of Object.entries(this.mine)) {
      const theirs = answerOf(now, code);
      if (same(mine, theirs)) this.drop(code);
      else if (!this.isOurs(code, theirs)) this.theirs = { ...this.theirs, [code]: theirs };
    }
    this.base = now;
    this.version = form.version;
    this.attempted = [];
    if (this.kept !== 'refused') this.kept = 'keeping';
  }

  /** Whether this screen knew the answer, or sent it. */
  private isOurs(code: string, answer: Answer): boolean {
    const sent = this.attempted.some(([of, tried]) => of === code && same(answer, tried));
    return sent || same(answer, answerOf(this.base, code));
  }

  private drop(code: string): void {
    const { [code]: _mine, ...mine } = this.mine;
    const { [code]: _theirs, ...theirs } = this.theirs;
    this.mine = mine;
    this.theirs = theirs;
  }

  private settle(): void {
    if (this.kept === 'keeping' && this.sendable().length === 0) {
      const choosing = Object.keys(this.theirs).length > 0;
      this.kept = choosing ? 'choosing' : this.unkept() ? 'refused' : 'kept';
    }
    this.tell();
  }

  private state(): Filled {
    return { answers: { ...this.base, ...this.mine }, theirs: this.theirs, kept: this.kept };
  }

  private tell(): void {
    if (this.unkept()) {
      const base = Object.fromEntries(
        Object.keys(this.mine).map((code) => [code, answerOf(this.base, code)]),
      );
      this.gap?.put(this.id, { mine: this.mine, base });
    } else this.gap?.remove(this.id);
    this.shown = this.state();
    for (const listener of this.listeners) listener();
  }
}
