import { DefaultHttpStack, type DetailedError, type HttpStack, Upload } from 'tus-js-client';
import { API_BASE, reportUnauthorised } from '../../api/client';
import { ApiError, OFFLINE, problemOf, UNKNOWN } from '../../api/problem';
import { Speedometer } from './speed';
import { SendingStorage } from './urlStorage';

/** Two of the server's segments per request: a lock ends with its request, and a break costs little. */
const CHUNK_BYTES = 16 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 2000, 5000, 10_000];
/** After the quick tries: again and again, for as long as the page is open. */
const PATIENT_RETRY_MS = 10_000;
/** A connection that is cut without a word moves no byte and reports nothing. */
const STALL_MS = 30_000;

export type SendingState = 'sending' | 'waiting' | 'paused' | 'done' | 'failed' | 'stopped';

export interface Sending {
  state: SendingState;
  sentBytes: number;
  totalBytes: number;
  bytesPerSecond?: number | undefined;
  secondsLeft?: number | undefined;
  error?: ApiError | undefined;
  recordingId?: string | undefined;
}

export interface SendingOptions {
  file: File;
  conversationId: string;
  fingerprint: string | null;
  mimeType: string;
  /** A neutral name: what the file is called at home may name someone. */
  filename: string;
  startedAt?: Date | undefined;
  /** Where it was being sent to before; then nothing new is begun. */
  resumeUrl?: string | undefined;
  onDone: () => void;
}

function errorOf(error: Error | DetailedError): ApiError {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (response) return problemOf(response.getStatus(), response.getBody());
  return new ApiError(0, 'originalRequest' in error ? OFFLINE : UNKNOWN);
}

/** Whether it may pass by itself: no answer, a busy lock, a server that is down. */
export function mayPass({ status, code }: ApiError): boolean {
  if (status === 0) return code === OFFLINE;
  if (code === 'interrupted') return true; // the server's own view of a broken connection
  return status === 409 || status === 423 || status === 429 || status >= 500;
}

export function recordingIdOf(url: string | null | undefined): string | undefined {
  return url?.split('/').filter(Boolean).at(-1);
}

/** One film on its way. Lives outside the components, so that it goes on when people look at another screen. */
export class SendingTask {
  private readonly upload: Upload;
  private readonly speed = new Speedometer();
  private readonly listeners = new Set<() => void>();
  private current: Sending;
  private retryTimer: number | undefined;
  private stallTimer: number | undefined;

  constructor(
    private readonly options: SendingOptions,
    private readonly storage: SendingStorage = new SendingStorage(),
    httpStack: HttpStack = new DefaultHttpStack({}),
  ) {
    const { file, conversationId, startedAt, resumeUrl } = options;
    this.current = { state: 'paused', sentBytes: 0, totalBytes: file.size };
    this.upload = new Upload(file, {
      // With an endpoint, the library begins anew when asking how far it came fails (also at a 503).
      endpoint: resumeUrl ? null : `${API_BASE}/uploads`,
      uploadUrl: resumeUrl ?? null,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: {
        conversationId,
        filename: options.filename,
        filetype: options.mimeType,
        ...(startedAt && { startedAt: startedAt.toISOString() }),
      },
      httpStack,
      urlStorage: storage,
      fingerprint: async () => options.fingerprint as string, // null: not remembered
      removeFingerprintOnSuccess: true,
      onUploadUrlAvailable: () => {
        this.upload.options.endpoint = null; // from here on: go on or fail, never begin a second one
      },
      onProgress: (sent) => this.progressed(sent),
      onShouldRetry: (error) => this.shouldRetry(errorOf(error)),
      onError: (error) => this.failed(errorOf(error)),
      onSuccess: () => this.finished(),
    });
  }

  start(): void {
    this.speed.reset();
    window.addEventListener('online', this.retryNow);
    this.set({ state: 'sending', error: undefined });
    this.watchForStall();
    this.upload.start();
  }

  pause(): void {
    void this.upload.abort();
    this.rest();
    this.set({ state: 'paused' });
  }

  /** Stops for good: the server erases what came. */
  async stop(): Promise<void> {
    this.rest();
    this.set({ state: 'stopped' });
    if (this.options.fingerprint) this.storage.forget(this.options.fingerprint);
    await this.upload.abort(this.upload.url !== null).catch(() => {}); // the server erases unfinished ones by itself
  }

  /** Leaves off without telling the server, as when someone signs out. */
  abandon(): void {
    this.rest();
    void this.upload.abort();
  }

  get isUnderWay(): boolean {
    return ['sending', 'waiting', 'paused'].includes(this.current.state);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Sending => this.current;

  private set(change: Partial<Sending>): void {
    this.current = { ...this.current, ...change, recordingId: recordingIdOf(this.upload.url) };
    for (const listener of this.listeners) listener();
  }

  private progressed(sentBytes: number): void {
    this.watchForStall();
    this.speed.add(sentBytes, performance.now());
    const { bytesPerSecond } = this.speed;
    const secondsLeft = this.speed.secondsLeft(this.current.totalBytes - sentBytes);
    this.set({ state: 'sending', sentBytes, bytesPerSecond, secondsLeft });
  }

  private shouldRetry(error: ApiError): boolean {
    const again = mayPass(error);
    if (again) this.wait();
    return again;
  }

  private wait(): void {
    window.clearTimeout(this.stallTimer);
    this.speed.reset();
    this.set({ state: 'waiting', bytesPerSecond: undefined, secondsLeft: undefined });
  }

  private failed(error: ApiError): void {
    if (mayPass(error)) {
      this.wait();
      this.retryTimer = window.setTimeout(this.retryNow, PATIENT_RETRY_MS);
      return;
    }
    this.rest();
    if (error.status === 401) reportUnauthorised();
    const gone = error.status === 404 || error.status === 410;
    if (gone && this.options.fingerprint) this.storage.forget(this.options.fingerprint);
    this.set({ state: 'failed', error });
  }

  private finished(): void {
    this.rest();
    this.set({ state: 'done', sentBytes: this.current.totalBytes });
    this.options.onDone();
  }

  private readonly retryNow = (): void => {
    if (this.current.state !== 'waiting') return;
    void this.restart();
  };

  private async restart(): Promise<void> {
    window.clearTimeout(this.retryTimer);
    window.clearTimeout(this.stallTimer);
    await this.upload.abort();
    if (this.current.state === 'waiting' || this.current.state === 'sending') {
      this.watchForStall();
      this.upload.start();
    }
  }

  private watchForStall(): void {
    window.clearTimeout(this.stallTimer);
    this.stallTimer = window.setTimeout(() => {
      this.wait();
      void this.restart();
    }, STALL_MS);
  }

  private rest(): void {
    window.clearTimeout(this.retryTimer);
    window.clearTimeout(this.stallTimer);
    window.removeEventListener('online', this.retryNow);
    this.speed.reset();
  }
}
