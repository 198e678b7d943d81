// Package blob keeps sealed objects: in a folder ("dir:") or in an S3 store
// ("s3://"). It sees only ciphertext, relies on no encryption of the store, and
// imports nothing of ours. minio-go is imported in s3.go alone. Package
// blobtest holds the suite that every store passes.
//
// # Invariants
//
//  1. An object is visible wholly or not at all; a writer that gives fewer or
//     more bytes than it said leaves nothing.
//  2. PutIfAbsent has one winner, however many try at the same time.
//  3. After Put returns the object survives a crash of the store.
//  4. Get makes one request and knows that the object is there before it
//     returns.
//  5. Remains finds whatever of a prefix is left anywhere in the store, and
//     reports an error rather than less. Nothing is called erased before it
//     returned an empty list.
//  6. No call hangs: a store that does not answer is ErrUnavailable.
//
// Keys are made of a-z, 0-9, '.', '_', '-' and '/', at most [MaxKey] bytes; no
// part between slashes is empty or begins with a dot. A key must not be the
// folder of another (a and a/b).
package blob
