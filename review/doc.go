// Package review is what people learn with when they look back: for now the
// annotations on a recording.
//
// # Terms
//
//	annotation  a note on a moment or an interval of one recording
//	kind        observation, question, strength, feeling, alternative, moment
//	visibility  self (only the author) or session (whoever looks along)
//
// # Invariants
//
//  1. An annotation has the rights of its recording: who may not look reads no
//     note, and closing the recording closes its notes in the same instant.
//  2. Text and tags are sealed under the recording's key, bound to the note and
//     its version; the database holds no plain word, and an older version put
//     back by hand does not open.
//  3. Only its author changes or deletes a note; of two who change the same
//     version the second is told (ErrChanged) and loses nothing.
//  4. Positions are integer milliseconds from the film's start, never after
//     its end where the length is known.
//
// The room may import media, consent and policies; it declares what it needs
// of media as a small interface.
package review
