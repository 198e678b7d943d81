import type { TFunction } from 'i18next';
import { toApiError } from '../../api/problem';
import captions from '../../locales/nl/captions.json';

type Code = keyof typeof captions.faults;

/** What is wrong with a file of captions, in the order of its lines: empty when it is not about the file. */
export function captionFaults(t: TFunction<'captions'>, error: unknown): string[] {
  return toApiError(error).faults.map(({ field, code }) => {
    const known = code in captions.faults ? (code as Code) : 'other';
    const line = /^line\[(\d+)\]$/.exec(field)?.[1];
    const text = t(`faults.${known}`);
    return line === undefined ? text : t('atLine', { line, text });
  });
}
