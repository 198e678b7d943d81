// Package media keeps recordings: it takes uploads, seals them, hands them out
// under a lease, and erases them for good. It is the only room that reads or
// writes film, and the one that holds the keys of every text about one.
//
// # Terms
//
//	recording   the film of one conversation, or a part of it
//	segment     a piece of a recording, at most 8 MiB of plaintext, sealed as
//	            an object of its own
//	upload      a recording that has not wholly arrived (tus 1.0.0)
//	data key    the key of one recording or conversation; wrapped in the
//	            database under an epoch key that only key holders have
//	turn        beginning a new epoch and destroying the one before
//	cut         a fragment of a recording as a film of its own, in segments of
//	            its own, for who looks along in a session
//	lease       the right to hand bytes to one viewer, at most one second old
//	playback    one look at a recording
//	erasure     what is owed after a closing (consent.Erasure)
//
// # States of a recording
//
//	uploading --all bytes--> processing --everyone's yes, again--> ready
//	    |                        |                                   |
//	    |                        \--the store lacks bytes--> failed  |
//	    \--------------- closed, at any moment ------------------> (erased)
//
// Closing is a column beside the state: closed_at, or a conversation that is
// closed. Nothing reopens a recording.
//
// # Invariants
//
//  1. A recording becomes ready only from a whole upload, in the transaction
//     that requires everyone's consent under the conversation's lock. No
//     reconciler makes one from bytes found in the store.
//  2. A byte that was acknowledged is in the store, sealed, and counted once. A
//     segment is registered before the store knows it, and counts from the
//     commit that moves the upload's offset.
//  3. Plaintext of a film is in memory only: one segment for each running
//     upload, 128 KiB for each stream, some segments while a cut is made.
//  4. Bytes are handed out only in Playback.write, right after a check of the
//     lease and with a deadline at its end. A lease is proved by facts read
//     after its start; a round of reads that fails proves nothing.
//  5. After LeaseExpiry.AwaitExpiry nothing that was closed before it is handed
//     out, on any replica.
//  6. Nothing is called erased before every key holder destroyed the epoch that
//     wrapped its key, and the store was asked and had nothing left.
//  7. No wrap is made under an epoch while it is retired, and none that was
//     deleted comes back by a turn.
//  8. Not there, not yours, closed and erased are the same ErrNotFound.
//  9. Reconcilers act on what the tables say, may run in any number of
//     processes, and go on after a kill at any point.
//  10. A recording ends Config.Retention after filming began, by the database's
//     clock. Nothing moves that end to beyond 180 days or undoes a closing: the
//     database refuses both (migration 0011). The last recording's end is the
//     conversation's, and goes through consent like a withdrawal.
//  11. A cut holds nothing of its film but the fragment and the picture from the
//     key frame before it on (media/cutter). It is sealed under its recording's
//     key and lies under its prefix, so it is erased with it; erasing a recording
//     or dropping a cut ends the FFmpeg that makes it. Its segments count, all at
//     once, in the transaction that makes it ready.
//
// The room may import consent, policies, policies/audit and the packages below
// it. tusd and net/http are for the upload protocol alone (tus.go,
// datastore.go, locker.go); everything else knows no HTTP.
package media
