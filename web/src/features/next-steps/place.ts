/** The list: where focus goes when what had it moves or goes. */
export const NEXT_STEPS = 'next-steps';
