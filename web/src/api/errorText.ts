import type { TFunction } from 'i18next';
import problems from '../locales/nl/problems.json';
import { toApiError } from './problem';

type ProblemCode = keyof typeof problems.codes;
type FaultCode = keyof typeof problems.faults;

const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  412: 'changed',
  413: 'too_large',
  415: 'not_video',
  423: 'locked',
  428: 'precondition_required',
  429: 'too_many_attempts',
  503: 'unavailable',
};

function problemCode(status: number, code: string): ProblemCode {
  if (code in problems.codes) return code as ProblemCode;
  if (byStatus[status]) return byStatus[status];
  return status >= 500 ? 'internal' : 'unknown';
}

function faultCode(code: string): FaultCode {
  return code in problems.faults ? (code as FaultCode) : 'other';
}

/** What to read on screen for any error: what happened and how to go on. */
export function errorText(t: TFunction<'problems'>, error: unknown): string {
  const { status, code } = toApiError(error);
  return t(`codes.${problemCode(status, code)}`);
}

/** The faults of an input, by field of the body; the first one of a field wins. */
export function faultTexts(t: TFunction<'problems'>, error: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const fault of toApiError(error).faults) {
    texts[fault.field] ??= t(`faults.${faultCode(fault.code)}`);
  }
  return texts;
}
