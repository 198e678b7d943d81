import type { Fault, SessionProblem } from './types';

/** Codes of our own for what never reached the server or came back unreadable. */
export const OFFLINE = 'offline';
export const UNKNOWN = 'unknown';

/** Every failed call ends as one of these: the server's problem (RFC 9457), or OFFLINE. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly code: string,
    readonly faults: readonly Fault[] = [],
    /** Of a session: what bars the way, with the names of whom it is about. */
    readonly problems: readonly SessionProblem[] = [],
  ) {
    super(code);
    this.name = 'ApiError';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFault(value: unknown): value is Fault {
  return isRecord(value) && typeof value.field === 'string' && typeof value.code === 'string';
}

function isProblem(value: unknown): value is SessionProblem {
  return isRecord(value) && typeof value.code === 'string';
}

/** Reads a problem from a status and a body that may be anything. */
export function problemOf(status: number, body: string): ApiError {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isRecord(parsed) && typeof parsed.code === 'string') {
      const faults = Array.isArray(parsed.faults) ? parsed.faults.filter(isFault) : [];
      const problems = Array.isArray(parsed.problems) ? parsed.problems.filter(isProblem) : [];
      return new ApiError(status, parsed.code, faults, problems);
    }
  } catch {
    // A proxy's own error page is no problem+json: the status has to do.
  }
  return new ApiError(status, UNKNOWN);
}

/** Any thrown value as an ApiError. fetch rejects with a TypeError when nothing answered. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TypeError) return new ApiError(0, OFFLINE);
  return new ApiError(0, UNKNOWN);
}

/** Gone, or never there for this person: the server does not tell the two apart. */
export function isGone(error: unknown): boolean {
  const { status } = toApiError(error);
  return status === 404 || status === 410;
}
