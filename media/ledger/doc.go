// Package ledger keeps the ledger of closings: one small object in the object
// store for everything that closes something, written before it is confirmed.
// It imports media/blob only.
//
// The database may be restored to a time before a withdrawal; the ledger is
// then replayed onto it. So a restore only ever closes: films may be lost, a no
// is never lost. For the same reason the ledger has no kind that opens: lifting
// a pause is an event of the database alone. Who replays skips the entries
// whose ID the database knows already, and asks the pauser again for a pause
// whose lifting was lost.
// An entry "added" is about someone who came in later and is waited for: its ID
// is that of the participant, who is asked again where a database does not know
// them.
//
// # Format
//
// An entry is the object ledger/<yyyy-mm>/<id>.json. The ID is a UUIDv7
// (RFC 9562), made by the writer; yyyy-mm is the month, in UTC, of the time in
// it. The content is one JSON object:
//
//	{"version":1,"id":"…","kind":"withdrawn","at":"2026-01-31T12:00:00.123Z",
//	 "conversation":"…","recording":"…","record":"…","scopes":["peers"]}
//
// at is RFC 3339 in UTC; ids that are not there are left out, scopes too. There
// are no names, no causes and no words of people in it.
//
// # Invariants
//
//  1. An entry never changes: it is put if absent, and only an equal entry may
//     be written again under its ID.
//  2. After Write returns the entry survives a crash of this server and of the
//     database.
//  3. Replay gives every entry or an error: what it does not understand it does
//     not skip.
//  4. Entries come in the order of their IDs: by the time in them (ms), then at
//     random. Clocks of replicas differ: Replay looks back Skew further.
package ledger
