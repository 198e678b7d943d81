import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { Protocol, ProtocolStep } from '../../api/types';
import { ProtocolChoice } from './ProtocolChoice';
import { ProtocolSteps } from './ProtocolSteps';

const label = (nl: string) => ({ nl, en: `${nl} (en)` });
const asks = { owner: label('Luister.'), participant: label('Vraag.'), leader: label('Leid.') };
const posts: ProtocolStep['posts'] = {
  owner: [],
  participant: ['question'],
  leader: ['question', 'strength'],
};
const step: ProtocolStep = {
  id: 'vragen',
  name: label('Vragen'),
  minutes: 15,
  asks,
  film: 'chosen',
  leads: 'owner',
  posts,
  blind: false,
  gate: 'leader',
  reveal: true,
  rehearse: false,
  refused: label('Nu alleen vragen.'),
};
const protocol: Protocol = {
  id: 'eigen',
  version: 1,
  name: label('Onze vorm'),
  about: label('Kort.'),
  minutes: 15,
  people: { min: 3, max: 6 },
  leader: 'any',
  cases: 'several',
  prepare: { asks, posts, blind: true, refused: label('Later.') },
  steps: [step],
};

it('says what is asked of everyone, step by step, with preparing first', () => {
  render(<ProtocolSteps protocol={protocol} current={0} />);
  const [before, questions] = screen.getAllByRole('list')[0]?.children ?? [];
  expect(before?.textContent).toContain('Voorbereiden');
  expect(questions?.textContent).toContain('Vragen 15 minuten');
  expect(questions?.textContent).toContain('Luister.Deelnemer');
  expect(questions?.getAttribute('aria-current')).toBe('step');
  expect(before?.getAttribute('aria-current')).toBeNull();
  expect(screen.queryByText('Wat kun je hier opschrijven?')).toBeNull();
});

it('tells one role only its own sentence, and an owner who leads both', () => {
  const { rerender } = render(<ProtocolSteps protocol={protocol} of={['participant']} />);
  expect(screen.getAllByText('Vraag.')).toHaveLength(2);
  expect(screen.queryByText('Luister.')).toBeNull();
  expect(screen.queryByText('Deelnemer')).toBeNull();
  rerender(<ProtocolSteps protocol={protocol} of={['owner', 'leader']} />);
  expect(screen.getAllByText('Luister.')).toHaveLength(2);
  expect(screen.getAllByText('Leid.')).toHaveLength(2);
});

it('tells who looks after the protocols what can be posted and what is said otherwise', () => {
  render(<ProtocolSteps protocol={protocol} detailed />);
  expect(screen.getAllByText('niets: alleen kijken of luisteren')).toHaveLength(2);
  expect(screen.getAllByText('een vraag en iets sterks')).toHaveLength(2);
  expect(screen.getByText('Nu alleen vragen.')).toBeTruthy();
});

it('offers the protocols as a choice of one, each with what it is good for, people and minutes', async () => {
  const chosen = vi.fn();
  const other = {
    ...protocol,
    id: 'samen',
    name: label('Samen'),
    people: { min: 1, max: 1 },
    leader: 'coach' as const,
  };
  render(
    <ProtocolChoice
      legend="Werkvorm"
      protocols={[protocol, other]}
      value="eigen"
      onChange={chosen}
      error="Kies."
    />,
  );
  const group = screen.getByRole('group', { name: 'Werkvorm', description: 'Kies.' });
  const ours = within(group).getByRole('radio', {
    name: 'Onze vorm',
    description: /3 tot 6 collega’s.*15 minuten/,
  });
  expect((ours as HTMLInputElement).checked).toBe(true);
  await userEvent.click(
    within(group).getByRole('radio', { name: 'Samen', description: /Klantmanager en coach/ }),
  );
  expect(chosen).toHaveBeenCalledExactlyOnceWith('samen');
});
