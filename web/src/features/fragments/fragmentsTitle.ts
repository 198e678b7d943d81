/** The id of the heading of the fragments: where focus goes when a form or a fragment is gone. */
export const FRAGMENTS_TITLE = 'fragments-title';
