/** The headings where focus goes when what had it is gone. */
export const FRAGMENTS_TITLE = 'session-fragments';
export const SHARE_TITLE = 'share-title';
