// Package envelope is the format of everything that is sealed: the segments of
// a recording and every text about it. It imports nothing of ours and knows no
// database, store or network.
//
// # Format, version 1
//
// A sealed object is a header, followed by a body.
//
//	header (40 bytes)
//	  offset  size  content
//	  0       7     magic, the ASCII letters "vkspgl" and a zero byte
//	  7       1     version, 1
//	  8       32    salt, random, new for every sealing
//
// From the data key (32 bytes, one for each recording or conversation), the
// salt and the name of the object follow 44 bytes, by HKDF-SHA-256 (RFC 5869):
//
//	okm  = HKDF(secret = data key, salt = salt, info = info, length = 44)
//	key  = okm[0:32]
//	base = okm[32:44], with the highest bit of its first byte cleared
//	info = "vakspiegel/envelope/1" | lp(Subject) | lp(Kind) | lp(ID)
//	lp(s) = length of s in bytes as 4 bytes big-endian | s
//
// The body of a plaintext of at least one byte is DARE 2.0 with AES-256-GCM
// (github.com/minio/sio): packages of 64 KiB of plaintext, the last one shorter
// or equal, numbered i = 0, 1, 2, …
//
//	package (plaintext + 32 bytes)
//	  0       1     0x20, DARE 2.0
//	  1       1     0x00, AES-256-GCM
//	  2       2     length of the plaintext - 1, little-endian
//	  4       12    base; the highest bit of the first byte is set in the last package
//	  16      n     ciphertext, nonce = bytes 4 to 16 with i added (xor,
//	                little-endian) to the last four, additional data = bytes 0 to 4
//	  16+n    16    tag
//
// The body of an empty plaintext is the 16-byte AES-256-GCM tag of nothing,
// nonce = base with its highest bit set, additional data = the header. (DARE
// has no empty package; without this tag a text cut down to its header would
// pass for an empty one.)
//
// # What a reader must check
//
// DARE takes the nonce from the package it reads, so someone who can write to
// the store could move package j to place i by changing the nonce in its
// header to match, and a reader of one package alone would take it. And it
// notices a missing end only where the end is read. Here nothing in a package
// header is free: version, cipher, length, nonce and end mark of package i all
// follow from the key, the size of the plaintext and i, and a package whose
// header differs in any bit is refused before it is decrypted. So a range is
// as safe as the whole, if the size and the salt come from a place the store
// cannot change: the database row.
//
// # Invariants
//
//  1. What is opened is, byte for byte, what was sealed under this key and
//     name, or an error. No byte is returned that was not authenticated.
//  2. Any change of a sealed object (a flipped bit, a cut, an addition, another
//     object in its place, packages in another order) is an error.
//  3. Memory does not depend on the size of an object: one package is held.
//  4. A key never appears in an error, and a Key or Salt prints no bytes.
//
// An error means [ErrDamaged] (the bytes are not what was sealed, or key or
// name are others), [ErrRange] (the caller asked for what is not there), or an
// error of the reader beneath, passed on as it is.
package envelope
