// Package signal keeps causes that lie outside a conversation and are worth
// mending: a letter that nobody understands, a form that asks twice. One line,
// left at the end of a session, without persons.
//
// # Terms
//
//	signal   one line, in the month it was left
//	keeper   whoever an administrator named to read and answer signals
//	answer   one line on what is done about it, and who follows it up, as text
//
// # States
//
//	open ⇄ picked up ⇄ done          put away (deleted) from each
//
// # Invariants
//
//  1. Nothing that is kept says from which session, recording or conversation a
//     signal came, whose it is, or when it was left, but the month: no column, no
//     audit entry, no id, no order of rows.
//  2. The words are sealed under a key of their own and outlive every recording.
//     They are kept until a keeper puts them away, at most Term.
//  3. Only keepers read signals; who they are, an administrator says, who reads
//     none by that.
//
// # What remains for those who look at the database itself
//
// Leaving a signal and ending its session are one transaction. PostgreSQL marks
// the rows of a transaction alike (xmin) until Mix writes all signals and their
// keys again in the order of their ids, some seconds later; what it wrote over
// stays on the pages until VACUUM. Whoever holds the write-ahead log, or copies
// of the database from just before and after, sees that a signal came between
// them, and which sessions ended meanwhile. SQLite keeps the rows by their ids
// alone; of its write-ahead log the same is true. None of it can be read without
// the key holders. And whoever keeps the list and knows who met today can guess:
// the form asks for a cause, without names, for that reason too.
//
// No check looks for names or numbers in a signal: it would miss most of them
// and find what is none. The form asks for a cause and no persons in one
// sentence, and a keeper puts away what holds one.
package signal
