import type { AnnotationKind, LookBack } from '../../api/types';

/** What a note is asked for now: which question (by its name in the locale file), and which kinds it may be. */
interface AskedNow {
  question: 'recall' | 'reflection';
  /** The first is what a new note begins as. */
  kinds: readonly AnnotationKind[];
}

/** While recalling, nothing is offered yet that would be otherwise. */
const recalling: readonly AnnotationKind[] = ['feeling', 'strength', 'observation', 'question', 'moment'];
const reflecting: readonly AnnotationKind[] = [
  'alternative',
  'question',
  'observation',
  'strength',
  'feeling',
  'moment',
];
const first: Record<'touched' | 'well', AnnotationKind> = { touched: 'feeling', well: 'strength' };

/** undefined while the viewer has not begun: nothing is asked in particular. */
export function askedNow({ phase, begin }: Pick<LookBack, 'phase' | 'begin'>): AskedNow | undefined {
  if (!phase) return undefined;
  if (phase === 'reflection') return { question: 'reflection', kinds: reflecting };
  const beginsWith = begin ? first[begin] : 'observation';
  return { question: 'recall', kinds: [beginsWith, ...recalling.filter((kind) => kind !== beginsWith)] };
}
