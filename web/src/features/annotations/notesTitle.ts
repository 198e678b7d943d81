/** The id of the heading of the notes: where focus goes when a form or a note is gone. */
export const NOTES_TITLE = 'notes-title';
