import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Annotation } from '../../api/types';
import { SHORT_LIST } from './longList';
import { NotesList } from './NotesList';

it('has every note of a short list in the page, so that the browser’s own search finds it', () => {
  const items = Array.from({ length: SHORT_LIST }, (_, at) => ({ id: `${at}` }) as Annotation);
  render(
    <NotesList threads={{ items, replies: {} }} currentId={null} typedIds={[]}>
      {({ id }, place) => (
        <li key={id}>
          {id} {place ? 'with a place' : ''}
        </li>
      )}
    </NotesList>,
  );
  const shown = screen.getAllByRole('listitem').map((item) => item.textContent?.trim());
  expect(shown).toEqual(items.map(({ id }) => id));
});
