import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { KeysDialog } from './KeysDialog';
import type { KeyBindings } from './keys';

const acts = (...keys: string[]): KeyBindings => Object.fromEntries(keys.map((key) => [key, vi.fn()]));

const show = (keys: KeyBindings) =>
  render(<KeysDialog keys={keys} enabled onEnable={vi.fn()} onClose={vi.fn()} />);

it('names every key where all of them act', () => {
  show(acts('space', 'arrowleft', 'j', ',', '<', 'i', 'o', 'r', 'n', '1', '/', '+', 'm', 'c', 'f', '?'));
  for (const does of ['Herhaal dit stuk', 'Notitie bij dit moment', 'Raakmoment', 'Zoek in de notities'])
    expect(screen.getByText(does, { exact: false })).toBeTruthy();
  expect(screen.getAllByText(/^Een stuk begint of eindigt hier/)).toHaveLength(1);
});

it('names no key that does nothing here', () => {
  show(acts('space', 'arrowleft', 'j', ',', '<', '+', 'm', 'f', '?'));
  expect(screen.getByText('Afspelen of stilzetten')).toBeTruthy();
  for (const does of [
    /^Herhaal/,
    /^Een stuk/,
    /^Notitie/,
    /^Raakmoment/,
    /^Zet terug/,
    /^Zoek/,
    /^Ondertiteling/,
  ])
    expect(screen.queryByText(does)).toBeNull();
});

it('says of a piece what it is for: where nothing repeats, a note alone', () => {
  show(acts('space', 'i', 'o'));
  expect(screen.getByText('Een stuk begint of eindigt hier. Je notitie gaat over dat stuk.')).toBeTruthy();
});
