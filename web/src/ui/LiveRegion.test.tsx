import { act, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { expect, it } from 'vitest';
import { LiveRegion, useAnnounce } from './LiveRegion';

let announce: (text: string) => void = () => {};
function Speaker() {
  const say = useAnnounce();
  useEffect(() => {
    announce = say;
  }, [say]);
  return null;
}

const heard = () => screen.getByRole('status').textContent;
const begin = () =>
  render(
    <LiveRegion>
      <Speaker />
    </LiveRegion>,
  );

it('says together what is said at one moment', () => {
  begin();
  act(() => {
    announce('Alle notities zijn te zien.');
    announce('Nu: Analyse.');
  });
  expect(heard()).toBe('Alle notities zijn te zien. Nu: Analyse.');
});

it('says what comes later by itself', () => {
  begin();
  act(() => announce('Erbij gezet.'));
  act(() => announce('Bewaard.'));
  expect(heard()).toBe('Bewaard.');
});
