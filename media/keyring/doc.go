// Package keyring holds the epoch keys, under which the data keys of
// recordings are wrapped. It imports nothing of ours.
//
// # Terms
//
//   - epoch: a stretch of time with a key of its own, numbered 1, 2, 3, …
//   - epoch key: 256 random bits that wrap the data keys of that epoch. It
//     lives in key holders only, never in the database.
//   - wrap: a data key sealed under an epoch key. It lives in the database, and
//     so in every backup of it.
//   - key map: all epoch keys that are not destroyed, and a few lasting secrets.
//   - key holder: a place that keeps the key map and keeps no history of it.
//   - generation: counts the versions of the key map.
//
// Deleting a wrap from a database does not destroy it: it stays in the heap,
// the write-ahead log and every dump. So after closings a new epoch begins, the
// wraps of what survives are made anew, and the old epoch key is destroyed in
// every holder. What an old backup holds can then be opened by nobody.
//
// The price: who loses every holder loses every recording, and a backup of the
// database opens only together with the newest key map.
//
// # Invariants
//
//  1. An epoch key is used only after every holder has it.
//  2. A destroyed epoch never comes back: holders are merged, and what any of
//     them knows to be destroyed is destroyed in all. It is an error for two
//     holders to hold different keys for one epoch (ErrForked).
//  3. No key outlives the operation that needed it in memory: every operation
//     reads the holders again, so that what another process destroyed is
//     destroyed here too.
//  4. A missing key map is never silently replaced (ErrNoKeys); only Init and
//     InitAfterLoss make one.
//  5. A wrap opens only for the subject and the epoch it was made for.
//  6. No key appears in an error, in String, or in any format of fmt or slog.
package keyring
