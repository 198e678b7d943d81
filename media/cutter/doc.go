// Package cutter cuts a piece out of a film with FFmpeg, by stream copy: nothing
// is decoded or encoded, so it costs no more than reading that piece.
//
// # What a cut holds
//
// All that is in it lies within the film's own piece:
//
//	picture  from the key frame at or before the piece's start (nothing before
//	         it can be left out: the pictures after it build on it) to the last
//	         one that is shown before the end, and that needs none after it
//	sound    what begins at or after the start and is over at the end
//
// So no word from before the start is in it, and the picture before the start
// is the lead, which a player skips. A film with too long a lead is not cut: it
// would share what nobody chose. No cover, title, chapter, place, name or length of
// the whole is in it: of two films with the same piece the cut is the same. Not cut
// are a codec whose header tells of the whole (FLAC, Vorbis), and a piece next to
// where an edit list jumps: what it leaves out would be copied, and shown.
//
// # Invariants
//
//  1. Plaintext is in memory only. FFmpeg reads the film from this process, by
//     loopback under a random address that lives as long as the job and that no
//     command line shows; it writes into memory (memfd_create), which is emptied
//     while it writes. A process that is killed takes FFmpeg with it, and FFmpeg
//     leaves no core.
//  2. A film that was made to attack reaches little: two families of containers,
//     no playlist, no network but the one address, no file, few decoders, limits
//     on memory, time and size, nothing of the environment. What FFmpeg says of
//     it is read by nobody. One that has it write without reading is broken off.
//  3. Cut returns after FFmpeg has ended and nobody reads the film any more. It is
//     ended by us alone: who asks all processes of a service to end does not make
//     a film unreadable.
//
// It runs on Linux. Elsewhere, and without FFmpeg 5 or newer, Find says so.
package cutter
