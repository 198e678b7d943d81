import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useKeys, useKeysOn } from './keys';

const bindings = { space: vi.fn(), n: vi.fn(), arrowleft: vi.fn(), '?': vi.fn() };

function Page({ enabled = true, dialog = false }) {
  useKeys(bindings, enabled);
  return (
    <>
      <input aria-label="text" />
      <textarea aria-label="words" />
      <select aria-label="choice" />
      <input aria-label="slider" type="range" />
      <button type="button">{'x'}</button>
      <p>{'page'}</p>
      {dialog && <dialog open />}
    </>
  );
}

function Switch() {
  const [on, setOn] = useKeysOn();
  return <input type="checkbox" aria-label="keys" checked={on} onChange={() => setOn(!on)} />;
}

const at = (label: string) => screen.getByLabelText(label);

describe('keys', () => {
  beforeEach(() => {
    for (const action of Object.values(bindings)) action.mockClear();
  });

  it('work anywhere on the page, in either case', () => {
    render(<Page />);
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.keyDown(document.body, { key: 'N' });
    fireEvent.keyDown(document.body, { key: '?' });
    fireEvent.keyDown(document.body, { key: 'ArrowLeft' });
    for (const action of Object.values(bindings)) expect(action).toHaveBeenCalledTimes(1);
  });

  it.each(['text', 'words', 'choice'])('never act while typing or choosing (%s)', (label) => {
    render(<Page />);
    for (const key of ['n', ' ', '?', 'ArrowLeft']) fireEvent.keyDown(at(label), { key });
    for (const action of Object.values(bindings)) expect(action).not.toHaveBeenCalled();
  });

  it('leave the space bar to a focused button and the arrows to a slider', () => {
    render(<Page />);
    fireEvent.keyDown(screen.getByRole('button'), { key: ' ' });
    fireEvent.keyDown(at('slider'), { key: 'ArrowLeft' });
    expect(bindings.space).not.toHaveBeenCalled();
    expect(bindings.arrowleft).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByRole('button'), { key: 'n' });
    expect(bindings.n).toHaveBeenCalledTimes(1);
  });

  it.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }])('leave %o to the browser', (modifier) => {
    render(<Page />);
    fireEvent.keyDown(document.body, { key: 'n', ...modifier });
    expect(bindings.n).not.toHaveBeenCalled();
  });

  it('do nothing under an open dialog', () => {
    render(<Page dialog />);
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(bindings.n).not.toHaveBeenCalled();
  });

  it('can be switched off', () => {
    const { rerender } = render(<Page />);
    rerender(<Page enabled={false} />);
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(bindings.n).not.toHaveBeenCalled();
  });

  it('that are switched off stay off on this device, and nothing else is kept there', () => {
    const { unmount } = render(<Switch />);
    fireEvent.click(at('keys'));
    unmount();
    expect({ ...localStorage }).toEqual({ 'vakspiegel.keys': 'off' });
    render(<Switch />);
    expect((at('keys') as HTMLInputElement).checked).toBe(false);
    fireEvent.click(at('keys'));
    expect({ ...localStorage }).toEqual({});
  });
});
