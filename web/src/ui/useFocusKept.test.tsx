import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { useFocusKept } from './useFocusKept';

function Screen({ last }: { last: 'goes' | 'stays' }) {
  useFocusKept();
  const [done, setDone] = useState(false);
  const [sending, setSending] = useState(false);
  return (
    <main>
      <h1>Page</h1>
      <section>
        <h2>Part</h2>
        {!(done && last === 'goes') && (
          <button
            type="button"
            disabled={sending}
            onClick={() => (last === 'goes' ? setDone(true) : setSending(true))}
          >
            Send
          </button>
        )}
      </section>
      {!done && (
        <section>
          <h2>Other part</h2>
          <button type="button" onClick={() => setDone(true)}>
            Close all
          </button>
        </section>
      )}
      <textarea
        aria-label="Field"
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <button type="button" onClick={() => setSending(false)}>
        Answered
      </button>
    </main>
  );
}

const heading = (name: string) => screen.getByRole('heading', { name });
const button = (name: string) => screen.getByRole('button', { name });

async function press(name: string) {
  button(name).focus();
  await userEvent.keyboard('{Enter}');
}

describe('what had focus', () => {
  it('went away: the heading of its part has it', async () => {
    render(<Screen last="goes" />);
    await press('Send');
    await waitFor(() => expect(document.activeElement).toBe(heading('Part')));
  });

  it('went away with its part: the heading of the page has it', async () => {
    render(<Screen last="goes" />);
    await press('Close all');
    await waitFor(() => expect(document.activeElement).toBe(heading('Page')));
  });

  it.each([
    ['by a key: the page shows it', () => {}, false],
    ['as the window took another size: the page stays', () => dispatchEvent(new Event('resize')), true],
    ['as one scrolls: the page stays', () => document.dispatchEvent(new Event('wheel')), true],
  ])('went away %s', async (_how, moves, preventScroll) => {
    render(<Screen last="goes" />);
    await userEvent.keyboard('{Shift}');
    const focused = vi.spyOn(HTMLElement.prototype, 'focus');
    button('Send').focus();
    moves();
    button('Send').click();
    await waitFor(() => expect(focused).toHaveBeenLastCalledWith({ preventScroll }));
  });

  it('waits for an answer: it has it back afterwards', async () => {
    render(<Screen last="stays" />);
    await press('Send');
    // A browser takes focus from what is disabled; jsdom does not.
    button('Send').blur();
    button('Answered').click();
    await waitFor(() => expect(document.activeElement).toBe(button('Send')));
  });

  it('was left on purpose: nothing takes it', async () => {
    render(<Screen last="goes" />);
    screen.getByRole('textbox', { name: 'Field' }).focus();
    await userEvent.keyboard('{Escape}');
    await new Promise(requestAnimationFrame);
    button('Close all').click();
    await new Promise(requestAnimationFrame);
    expect(document.activeElement).toBe(document.body);
  });
});
