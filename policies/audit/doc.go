// Package audit keeps who did or tried what, when and why, without any content.
//
// Terms:
//
//   - entry: one decision or event. It holds ids and words of the program,
//     never a name, a note or a token.
//   - chain: the entries of one recording, or of the Installation for what
//     belongs to none, each holding the hash of the one before.
//   - head: the last sequence number and hash of a chain, in audit_chains.
//   - purged: entries whose term is over are deleted from a chain's front
//     only; the head remembers up to where.
//
// Invariants; tests cite them by number:
//
//  1. Entries are only added. Triggers refuse UPDATE, and DELETE before
//     purge_after.
//  2. In a chain, sequence numbers have no gap and no double, however many
//     write at once.
//  3. Verify names the chain and the place of every edited, deleted, added,
//     reordered or moved entry. What it cannot see is a forger who also
//     rewrites all that follows and the head, or who calls a cut front purged
//     in the head: no secret is in the hash. Against those, keep copies of
//     heads where the database's administrator cannot write.
//  4. An entry commits or rolls back with the transaction it is written in.
//
// audit imports none of ours and may be imported by every room but policies.
package audit
