import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { AskFirst } from './AskFirst';

const asked = { title: 'Weghalen?', yes: 'Ja, haal weg', children: <p>Het is dan weg.</p> };

describe('asking before something is done', () => {
  it('does it after a yes, and nothing after going back', async () => {
    const [yes, close] = [vi.fn(), vi.fn()];
    render(<AskFirst {...asked} onYes={yes} onClose={close} />);
    await userEvent.click(screen.getByRole('button', { name: 'Terug', hidden: true }));
    expect([yes.mock.calls.length, close.mock.calls.length]).toEqual([0, 1]);
    await userEvent.click(screen.getByRole('button', { name: 'Ja, haal weg', hidden: true }));
    expect([yes.mock.calls.length, close.mock.calls.length]).toEqual([1, 1]);
  });

  it('begins at the question, not at the button that cannot be undone', () => {
    render(<AskFirst {...asked} danger onYes={vi.fn()} onClose={vi.fn()} />);
    expect(document.activeElement?.textContent).toBe('Weghalen?');
  });

  it('says what went wrong, and can be tried again', async () => {
    const yes = vi.fn();
    render(<AskFirst {...asked} error={new Error('offline')} onYes={yes} onClose={vi.fn()} />);
    expect(screen.getByRole('alert', { hidden: true }).textContent).not.toBe('');
    await userEvent.click(screen.getByRole('button', { name: 'Ja, haal weg', hidden: true }));
    expect(yes).toHaveBeenCalledOnce();
  });
});
