// Package protocol is how people look together: the steps of a session as data.
// It reads a protocol from YAML, refuses a wrong one with file and line, and says
// what each step allows. It is pure: no database, no clock, no people.
//
// # Terms
//
//	protocol    the steps that a session follows; "werkvorm" on the screens
//	step        one of them; index 0.. in the order of the file, Preparing (-1)
//	            before the session begins
//	role        what someone is in a step: owner, leader or participant (RoleOf)
//	kind        what someone can post: an observation, a question, advice, …
//	gate        when the leader can go on: when everyone is ready, or when the
//	            leader says so
//	blind step  what is posted in it is seen by its author alone, until revealed
//	reveal      the moment that all of it is shown to everyone at once
//	case        what an owner brings; in a protocol with several one is chosen
//	choose      the step at whose end the leader chooses that one
//	rehearse    a step in which people try it out with each other
//
// # Roles
//
// Whoever owns what a step is about is its owner, also when they lead the
// session: they go on leading (steps, gates, reveal), but post and are asked as
// owner. Otherwise a leader could give advice on their own case in the round in
// which the owner listens only. They read both sentences (Step.Asked).
//
// Until a case is chosen everyone who brought one is an owner. After that only the
// owner of the chosen one is; who brought another is a participant like the rest
// (Protocol.AboutChosen). Without a choice every owner stays one.
//
// # People
//
// people counts everyone but a coach who leads, who comes on top: "3 to 6" are
// six colleagues, and perhaps a coach. A session has two people at least.
//
// # Invariants
//
//  1. A protocol that was read is whole: every text in Dutch and English, every
//     role asked something in every step, minutes that add up.
//  2. Every blind step, preparing too, is revealed in the end: by itself when
//     everyone is ready (gate: ready), or by a later step that reveals. A step is
//     never both blind and revealing, so what a reveal shows is never in doubt.
//  3. Nobody posts a kind that the step does not give their role.
//  4. Nothing is about the chosen case before it is chosen.
//  5. A fault names the file and the line and says what to write; all faults of a
//     file are named at once, unless it is no YAML at all.
//  6. A session keeps the text it was made with (Entry.Source), and goes by it
//     whatever became of the file (Catalogue.Kept). So what a version of the program
//     could read, every later one reads as the same: the format only grows, by
//     fields that may be left out.
//  7. Nothing in a protocol is a score, and no way to add one.
package protocol
