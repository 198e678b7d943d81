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
//	register      all records, for the privacy manager and the officer
//	pseudonym     a klantmanager's name in it, of one month ("KM-7F3A9C")
//	proposal      a closing on someone's behalf that waits for a second person
//
// # States of a record (ISO/IEC TS 27560, W3C DPV words)
//
//	(requested) --all yes--> given --narrow, confirm--> given
//	     |                     |  \--withdraw--> withdrawn
//	     no                    \--pause--> paused --lift--> given
//	     |                                   |  \--withdraw--> withdrawn
//	     |                                   \--14 days-----> expired
//	     v                                              a late no, by the system
//	  nothing
//
// Two people of the register do the same without the link: given or paused
// becomes paused, revoked (withdrawn on someone's behalf) or invalidated (it
// turned out not to be valid), and a pause that they made becomes given again.
//
// # Invariants
//
//  1. A yes becomes a record only together with everyone else's: until the
//     last of them answers, all answers stand in consent_requests, which can
//     be erased. So one no, whenever it comes, leaves nothing of anyone.
//
//  2. From then on events are append-only: the database refuses UPDATE always
//     and DELETE before the row's purge_after.
//
//  3. Link and code only close. A scope of a given record is widened with the
//     PIN alone, which is chosen in the sitting of the yes: five tries an hour
//     per record, counted in the database; with thirty wrong ones it is gone. A widening is a new yes: the
//     cooling-off counts from it.
//
//  4. A closing is a compare-and-set with its event in one transaction. Two at
//     once: one closes, the other finds it closed.
//
//  5. A closing is confirmed only after the ledger object is in the store and
//     the lease of every replica has run out. The transaction comes first and
//     leaves a row in ledger_owed, so that a store that is down delays the
//     confirmation and never the closing. (The design wrote the object first;
//     with the row one mechanism serves both, and a killed process is resumed.)
//
//  6. What a recording may be used for is what all allow.
//
//  7. Tokens and codes are stored as SHA-256 and HMAC; sealed until they are
//     handed over; never in an error or a log.
//
//  8. A conversation leaves no audit entry before everyone said yes: an entry
//     would outlive a no. Nor does adding someone: it would outlive theirs.
//
//  9. A term begins and ends by the database's clock (DatabaseTime), never by a
//     process's; the database refuses to undo any ending (migration 0011).
//
//  10. Someone who is added after everyone's yes closes the conversation until
//     they have said yes too (Facts.Waiting). It is a closing like any other:
//     transaction, ledger, lease. consent_since does not move, so what was filmed
//     between is allowed by their yes; the cooling-off counts from it. Their no,
//     cancelling, or LateLimit without an answer ends everything as expired, by
//     the system, and whoever has no record is forgotten at once.
//
//  11. On someone's behalf nobody closes, lifts or invalidates alone: one person
//     proposes, another confirms within ProposalLapse. Invalidating too, because
//     it erases against everyone's yes what nobody in the room asked to erase.
//
//  12. Nobody learns the name behind a pseudonym before it stands in an
//     append-only row of which the klantmanager is told.
//
//  13. A yes, and so its record and every event, keeps beside the text what was
//     shown with it: organisation.yaml by its hash, legal basis, retention. That
//     file stays for as long as a proof names it. So a receipt (consent/receipt)
//     says what was shown then, however often the file changed.
//
//  14. Who signs in finds their own record by person_id, and nobody else's: it is
//     written with the record, because the participant goes with the conversation.
//
//  15. The recordings are kept longer only by a new yes of everyone, and never
//     past 180 days after filming began. The yeses stand in an erasable table until
//     the last; then every record gets its extended event and the end moves, in
//     one transaction, and the database refuses a later end without those events.
//     A no, no answer within LongerLapse, a pause, a narrowing, an ending, or
//     someone who is added: the question is gone with every answer, and nothing
//     tells that there was one. A yes opens, so link and code do not give it. It is
//     no yes to more: the cooling-off does not begin anew. An opening is not in the
//     ledger: a restored older database has the older end, and that one counts.
//
// # Who decides
//
// A representative decides for a citizen: the citizen's record is made by the
// representative's yes (method "represented", same scopes, capacity and told on
// both), has a link and a code of its own, and either may stop it. Of a citizen
// who had a record already, that one stays: what counts is what all allow.
// A colleague has no link; the guard (Colleagues) is asked before anything of
// them is stored, and again whenever they look: who became an evaluator since
// finds nothing, and goes to the privacy manager to stop it. A colleague whose
// sign-in is disabled has no session; a request of theirs is answered by nobody
// and ends as above. An interpreter by telephone is only heard: their yes allows
// what the others allow. What was spoken or written is registered by the
// klantmanager (by_whom); one who had said yes already keeps that yes, and the
// klantmanager does not learn of it.
//
// # Asked ahead
//
// When the last first yes was given more than AskedAhead before the
// conversation, Require asks for StillHolds before anything is filmed.
//
// # The ledger and someone who was added
//
// The ledger's entry "added" has the participant's id as its own and nothing
// else of them: no role, no answer. Replayed onto a database that does not know
// the participant (a restored backup), it asks them again, as a companion, with
// a new link: closed until they say yes, and erased after LateLimit. A database
// that knows them needs nothing, whatever they answered.
//
// The room may import policies. What it needs from media (keys, the ledger,
// the lease's wait) it declares as small interfaces; cmd/vakspiegel joins them.
package consent
