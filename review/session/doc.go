// Package session is looking together: a few people, fragments of recordings, a
// question and a protocol, from the first plan to the end.
//
// # Terms
//
//	session       people, fragments, a learning question, a protocol, an end
//	series        sessions of the same people on one question; each is a round
//	maker         the klantmanager who made it
//	leader        the facilitator: the maker, a coach who was asked, or a peer
//	member        whoever is in it: maker, leader, participants
//	fragment n    the n-th interval brought in, from 1; numbers are not used again
//	bring         an owner puts an interval of their own recording into a session;
//	              to take it back needs no reason and works at any second
//	agreement     the safe-haven agreement; everyone accepts it first
//	open          a fragment that everyone of the session may look at now
//	part          what a member is before one fragment: owner, coach or peer
//	contribution  what a member writes in a session
//	gate          what must be before the leader can go on: everyone present is
//	              ready, or the leader says so; and a case, where one is chosen
//	blind         a step in which everyone sees only what they wrote themselves
//	reveal        the moment at which all of it appears at once
//	insight       what an owner takes along, for themselves alone
//	thread        the rounds of one learning question, with what was tried
//
// # States
//
//	draft ──open──▶ preparing ──start──▶ running ──finish──▶ finished
//	  └────────────────┴──cancel──▶ cancelled
//
// # Invariants
//
//  1. A fragment is open to everyone of a session or to nobody: one who evaluates
//     its owner, a scope that is missing, a pause, a withdrawal, its being taken
//     back or an owner who was disabled closes it for all of them, without a cause.
//     Who evaluates an owner or a member is not let in; who becomes one stands
//     before nothing from then on, and no list, page or word about their own
//     recording tells them that there is something. Who never watches is not let in
//     either, whatever else they are; on the one screen of a room everyone there is
//     a viewer of what comes on it.
//  2. Nobody looks before preparing begins (at most 14 days ahead), before they
//     accepted the agreement, or after the session ended: by its leader, or by
//     itself a day after it began. Everyone accepts it themselves; in a room the
//     leader records it of who says so there.
//  3. What is said about a fragment is sealed under its recording's key and goes
//     with it; the words of the session itself are sealed under the session's key,
//     which goes with the last of its recordings, in every state. A session that
//     runs then goes on to its end without a word (outlive): nothing can be written,
//     and no gate is left. One that was prepared is called off.
//  4. Until a blind step is revealed nobody learns anything of what others wrote:
//     not the words, not how much, not who is ready; no version, time, event or
//     refusal moves with it. A step is revealed when everyone present is ready with
//     it, by the leader, or by a later step that reveals; that is never undone.
//     What is never revealed goes at the end.
//  5. After the end an owner alone reads what was revealed about their own fragment,
//     and their own insight. Of a round that has ended its members still read what
//     was said to have been tried, which is about no fragment.
//  6. A session keeps the protocol as it was when it was made.
//  7. What a step lets each post, and whether it can be left, is decided inside the
//     lock of the session, for the step that whoever asks saw: what comes when the
//     session has moved on is refused. What was revealed can be taken back by its
//     author, and not changed. What is posted again as the same draft of the same
//     author is there once, in whatever step; what is gone does not come back by it.
//  8. How the film stands is one row with a number that only rises, by the clock of
//     the database. A word about it (announce) is a shortcut: whoever follows finds
//     the row by itself, with what is open to them and whether they may follow.
//  9. An owner takes a fragment back whenever they want to, whatever else they are
//     or are no more. Who is taken out of a session, or says no to leading it,
//     takes theirs along.
//  10. What leaves for a calendar or mailbox says "Intervisie", when, and where the
//     product is, and that it is off when it is; no address is kept for it but the
//     login of who signs in with one. Only who was mailed is told that it is off.
package session
