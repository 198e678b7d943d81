import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { preferred, useShownCaptions } from './useShownCaptions';

const track = (language: string) => ({ language, label: language, updatedAt: '' });

describe('the captions that are shown', () => {
  it.each([
    [['ar', 'en', 'nl'], 'en', 'en'],
    [['ar', 'nl'], 'en', 'nl'],
    [['ar', 'tr'], 'en', 'ar'],
    [[], 'en', undefined],
  ])('of %j on a screen in %s are first %s', (languages, screen, first) => {
    expect(preferred(languages.map(track), screen)?.language).toBe(first);
  });

  it('are none at first, go on and off, and are none again when they are taken away', () => {
    const both = [track('en'), track('nl')];
    const { result, rerender } = renderHook(({ tracks }) => useShownCaptions(tracks), {
      initialProps: { tracks: both },
    });
    expect(result.current.shown).toBeNull();
    act(() => result.current.toggle());
    expect(result.current.shown).toBe('nl');
    act(() => result.current.show('en'));
    expect(result.current.shown).toBe('en');
    rerender({ tracks: [track('nl')] });
    expect(result.current.shown).toBeNull();
  });
});
