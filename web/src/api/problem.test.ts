import i18n from 'i18next';
import { describe, expect, it } from 'vitest';
import { errorText, faultTexts } from './errorText';
import { ApiError, isGone, problemOf, toApiError } from './problem';

const t = i18n.getFixedT('nl', 'problems');

describe('a problem from the server', () => {
  it('keeps its code and all its faults', () => {
    const body = JSON.stringify({
      status: 400,
      code: 'invalid',
      faults: [
        { field: 'endMs', code: 'before_start', detail: 'x' },
        { field: 'body', code: 'too_long', detail: 'x' },
      ],
    });
    const error = problemOf(400, body);
    expect(error.code).toBe('invalid');
    expect(faultTexts(t, error)).toEqual({
      endMs: '‘Tot’ ligt vóór ‘van’.',
      body: 'Dit is te lang.',
    });
  });

  it.each(['', '<html>502</html>', 'null', '[]', '{"code":5}', '{"code":"x","faults":"many"}'])(
    'that is unreadable (%s) is still an error with its status',
    (body) => {
      expect(problemOf(502, body).status).toBe(502);
    },
  );

  it.each([
    [new ApiError(403, 'consent_missing'), 'Niet iedereen had ja gezegd'],
    [new ApiError(418, 'never_heard_of'), 'Dat lukte niet'],
    [new ApiError(404, 'never_heard_of'), 'Dit is er niet meer'],
    [new ApiError(500, 'never_heard_of'), 'Er ging bij ons iets mis'],
    [new TypeError('Failed to fetch'), 'Geen verbinding'],
    ['anything thrown', 'Dat lukte niet'],
  ])('is said in Dutch (%s)', (error, start) => {
    expect(errorText(t, error)).toMatch(new RegExp(`^${start}`));
  });

  it('never shows the server’s own English text', () => {
    const error = problemOf(
      400,
      '{"code":"new_code","detail":"secret English","faults":[{"field":"a","code":"b","detail":"secret"}]}',
    );
    expect(errorText(t, error) + JSON.stringify(faultTexts(t, error))).not.toContain('secret');
  });

  it('means gone with 404 and 410 only', () => {
    expect([404, 410, 403, 500, 0].map((status) => isGone(new ApiError(status, 'x')))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isGone(new TypeError())).toBe(false);
    expect(toApiError(new TypeError()).code).toBe('offline');
  });
});
