// Package review is what people learn with when they look back: notes, where
// someone was, fragments, observation forms, next steps, and the lists behind
// them.
//
// # Terms
//
//	annotation  a note on a moment or an interval of one recording
//	kind        observation, question, strength, feeling, alternative, moment
//	marker      of a moment: which one of the moment list it is
//	reply       an annotation that hangs on another one, which is no reply
//	draft       what someone is still typing; a note is saved from it
//	visibility  self (only the author) or session (whoever looks along)
//	look-back   where one person is in looking back on one recording
//	memory      what stayed with someone, written before the picture
//	next step   the one small thing to try, kept apart from every recording
//	phase       recall ("Wat dacht je op dat moment?") or reflection
//	list        what people learn with: the moments, the codes, an observation
//	            form; of nobody, in versions that an administrator publishes
//	fragment    an interval that the owner chose for later, with a title and a reason
//	form        an observation form (kijkwijzer) as someone fills it in: words,
//	            and the moments where a behaviour was seen
//	perspective whose view a form is: professional, citizen or coach
//	captions    what was said, with times, from a WebVTT file that the owner imported;
//	            they are the participants' words and not the viewer's
//	copy        the notes that one may read, taken along as a file
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
//  5. A look-back is read and kept only by the one who looks back. Of several
//     devices the last write of a field wins and the others stay; no screen is
//     told, and no audit entry has a second of it.
//  6. A list has every version that was ever published, unchanged; the newest
//     applies, version 0 comes with the program. Of two who publish on the same
//     version the second is told (ErrListChanged).
//  7. An observation form asks for words and for moments; there is no number,
//     scale or score, and no way to publish one.
//  8. What was taken out of a list keeps its name: an older note still says what
//     it is about.
//  9. What is deleted is at once in no list, search or export. For 10 s (Undo)
//     its author can put it back exactly as it was; then the row is removed.
//     Replies go, and come back, with the note they hang on.
//  10. A next step is of one person and outlives every recording: no row refers
//     from one to the other, and nothing tells when it was made. Each has a key
//     of its own, which is destroyed when it is deleted.
//  11. A recording has at most Config.MaxFragments fragments, also when two tabs
//     choose at once; only its owner chooses, reads and drops them.
//  12. A form is filled in on the version it was begun with, also when a newer
//     one is published. Each person has at most one of a form per recording.
//  13. A draft is read by its writer alone and told to nobody. Of two windows
//     that go on with one draft the second is told (ErrChanged); saving the note
//     takes the draft away in the same instant, and makes one note however often
//     it is sent. No acknowledged word is lost unless its author deletes it.
//  14. Captions are read as cues and written anew: no tag, style or name of a
//     file comes back out. They are in no search and no export, and no error
//     says a word of them.
//  15. A copy holds what its reader may read at that moment and nothing else, is
//     in the audit log before it is handed over, and is out of our hands: it is
//     not erased with the recording, and every screen that offers it says so.
//  16. A search opens what is sealed in memory and keeps nothing of it, neither
//     what was found nor what was looked for. It finds what its asker wrote, on
//     exactly the recordings whose notes they may read at that moment.
//
// The room may import media, consent and policies; it declares what it needs
// of media as a small interface.
package review
