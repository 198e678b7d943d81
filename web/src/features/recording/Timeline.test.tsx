import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Player } from './player';
import { Timeline } from './Timeline';
import type { Lane, Mark } from './timelineLayout';
import { TimelineView } from './timelineView';

const mark = (id: string, startMs: number, endMs?: number): Mark => ({
  id,
  startMs,
  endMs,
  label: id,
  kind: 'observation',
});

function show(lanes: Lane[], currentId: string | null = null, followed = false) {
  const player = new Player();
  player.setKnownDuration(600_000);
  const view = new TimelineView();
  const onChoose = vi.fn();
  render(
    <Timeline
      player={player}
      view={view}
      lanes={lanes}
      currentId={currentId}
      followed={followed}
      onChoose={onChoose}
    />,
  );
  return { player, view, onChoose };
}

const lane = (id: string, ...marks: Mark[]): Lane => ({ id, label: id, marks });
const signsOf = (name: string) => within(screen.getByRole('group', { name })).queryAllByRole('button');
const names = (name: string) => signsOf(name).map((sign) => sign.getAttribute('aria-label'));

describe('the timeline', () => {
  it('has a line for each lane, and marks that one is chosen by', () => {
    const { onChoose } = show([lane('moments', mark('a', 60_000)), lane('own', mark('b', 1000, 9000))], 'b');
    expect(names('moments')).toEqual(['a']);
    fireEvent.click(screen.getByRole('button', { name: 'b' }));
    expect(onChoose).toHaveBeenCalledWith(mark('b', 1000, 9000));
    expect(screen.getByRole('button', { name: 'b' }).getAttribute('aria-current')).toBe('true');
  });

  it.each([
    ['goes where one points', false, 1],
    ['stays where it is under a film that someone else leads', true, 0],
  ])('%s', (_what, followed, sought) => {
    const { player } = show([lane('own', mark('a', 60_000))], null, followed);
    const seek = vi.spyOn(player, 'seek');
    fireEvent.pointerDown(screen.getByRole('group', { name: 'own' }), { button: 0, clientX: 400 });
    expect(seek).toHaveBeenCalledTimes(sought);
  });

  it('joins marks that would cover each other, and a press comes nearer until they are apart', () => {
    const { onChoose, view } = show([lane('own', mark('a', 60_000), mark('b', 64_000), mark('c', 300_000))]);
    expect(names('own')).toEqual(['Meer hier, van 1:00 tot 1:04: kom dichterbij', 'c']);
    fireEvent.click(screen.getByRole('button', { name: /^Meer hier/ }));
    expect(names('own')).toContain('a');
    expect(names('own')).toContain('b');
    expect(onChoose).not.toHaveBeenCalled();
    expect(view.snapshot().spanMs).toBeLessThan(10_000);
  });

  it('goes to each in turn of marks on one place, which nothing takes apart', () => {
    const { onChoose } = show([lane('own', mark('a', 60_000), mark('b', 60_000))]);
    const sign = screen.getByRole('button', { name: /^Meer hier/ });
    for (const id of ['a', 'b', 'a']) {
      fireEvent.click(sign);
      expect(onChoose).toHaveBeenLastCalledWith(mark(id, 60_000));
    }
  });

  it('is one tab stop, however many people wrote', () => {
    const people = Array.from({ length: 20 }, (_, person) =>
      lane(
        `p${person}`,
        ...Array.from({ length: 100 }, (_, i) =>
          mark(`${person}-${i}`, ((i * 61 + person * 7) % 600) * 1000),
        ),
      ),
    );
    show(people);
    const all = screen.getAllByRole('button').filter((button) => button.classList.contains('vs-mark'));
    expect(all.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    // 800 px, 28 px for each: that many on a line, and not a hundred.
    for (const { id } of people) expect(signsOf(id).length).toBeLessThanOrEqual(29);
  });

  it('takes the visible part along when the arrows lead out of sight, and keeps the focus', async () => {
    const { view } = show([lane('own', mark('a', 1000), mark('b', 500_000))]);
    act(() => view.zoom(20, 0));
    expect(names('own')).toEqual(['a']);
    signsOf('own')[0]?.focus();
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowRight' });
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('b'));
    const { fromMs, spanMs } = view.snapshot();
    expect(fromMs).toBeLessThan(500_000);
    expect(fromMs + spanMs).toBeGreaterThan(500_000);
  });

  it('draws nothing anew while the film plays', () => {
    const drawn = vi.fn();
    const { player } = show([lane('own', mark('a', 1000))]);
    const observer = new MutationObserver(drawn);
    const lanes = document.querySelector('.vs-lane');
    if (lanes) observer.observe(lanes, { subtree: true, childList: true, attributes: true });
    act(() => player.seek(5000));
    expect(observer.takeRecords()).toEqual([]);
    const head = document.querySelector<HTMLElement>('.vs-timeline__track > .vs-playhead');
    expect(head?.style.transform).toMatch(/^translateX\(6\.6/);
  });
});
