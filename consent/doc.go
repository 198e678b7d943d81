// Package consent knows who is in the room, what each of them allows, and
// when they took it back. It is the only gate: nothing is filmed, kept or
// looked at without Require.
//
// # Terms
//
//	conversation  the meeting that may be filmed; no name, no case number
//	participant   someone in the room; everyone has a say of their own
//	request       what a participant is asked; erasable, kept apart
//	record        what a participant allows; the proof (AVG 7(1))
//	scope         one separately given purpose: coach, peers, training
//	link, code    how a participant without an account comes back
//	closing       anything that takes something away: narrow, withdraw, erase
//
// # States of a record (ISO/IEC TS 27560, W3C DPV words)
//
//	(requested) --all yes--> given --narrow--> given
//	     |                     |  \--withdraw--> withdrawn
//	     no                    \--pause--> paused --lift--> given
//	     |                                   |  \--withdraw--> withdrawn
//	     |                                   \--14 days-----> expired
//	     v
//	  nothing
//
// # Invariants
//
//  1. A yes becomes a record only together with everyone else's: until the
//     last of them answers, all answers stand in consent_requests, which can
//     be erased. So one no, whenever it comes, leaves nothing of anyone.
//  2. From then on events are append-only: the database refuses UPDATE always
//     and DELETE before the row's purge_after.
//  3. Link and code only close. A scope of a given record is widened with the
//     PIN alone, which is chosen in the sitting of the yes: five tries an hour
//     per record, counted in the database. A widening is a new yes: the
//     cooling-off counts from it.
//  4. A closing is a compare-and-set with its event in one transaction. Two at
//     once: one closes, the other finds it closed.
//  5. A closing is confirmed only after the ledger object is in the store and
//     the lease of every replica has run out. The transaction comes first and
//     leaves a row in ledger_owed, so that a store that is down delays the
//     confirmation and never the closing. (The design wrote the object first;
//     with the row one mechanism serves both, and a killed process is resumed.)
//  6. What a recording may be used for is what all allow.
//  7. Tokens and codes are stored as SHA-256 and HMAC; sealed until they are
//     handed over; never in an error or a log.
//  8. A conversation leaves no audit entry before everyone said yes: an entry
//     would outlive a no.
//  9. A term begins and ends by the database's clock (DatabaseTime), never by a
//     process's; the database refuses to undo any ending (migration 0011).
//
// The room may import policies. What it needs from media (keys, the ledger,
// the lease's wait) it declares as small interfaces; cmd/vakspiegel joins them.
package consent
