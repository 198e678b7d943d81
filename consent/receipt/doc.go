// Package receipt makes and verifies the two documents that someone who said
// yes can keep: the consent receipt ("uw verklaring") and the statement of
// erasure ("wisverklaring"). It is pure: no clock, no database, no HTTP. It
// imports nothing of ours.
//
// # Terms
//
//	receipt    what someone allowed, as of one event: ISO/IEC TS 27560:2023 in
//	           the words of the W3C Data Privacy Vocabulary, as its guide
//	           "Consent Records and Receipts" writes them in JSON-LD
//	statement  what was erased, when, verified how, and what remains
//	document   either of them, as JSON: the payload
//	file       a document with its signature, as it is downloaded
//	digest     SHA-256 of the document, lower-case hex: printed and in the QR code
//	key set    the public keys, past ones too (RFC 7517)
//
// # Format
//
// A file is a JWS in the flattened JSON form (RFC 7515, 7.2.2) without a byte
// that is not needed, the three members in this order:
//
//	{"payload":…,"protected":…,"signature":…}
//
// Its protected header is exactly {"alg":"EdDSA","kid":…,"typ":…}: Ed25519 (RFC
// 8037); kid is the key's thumbprint (RFC 7638); typ is TypeReceipt or
// TypeStatement. There is nothing else: no crit, no embedded key, no detached
// payload. The document is JSON as Go writes the types of document.go and
// statement.go, so that each document has one form only.
//
// Not in them: content, names of people in the room, the klantmanager, the
// reason, who else withdrew. A statement gives neither a number of objects nor
// of bytes: together they tell how long someone spoke, and prove nothing more.
//
// # Keys
//
// The signing key is a lasting secret of the key holders, so every server has
// the same one and no backup of the database has it. When every holder is lost,
// the next key map brings a new key with another kid. Receipts of before stay
// what they were: the database keeps every public key that ever signed, and the
// key set goes on publishing all of them. The set in the database proves itself
// only as far as the database can be trusted; who needs more saves the set
// elsewhere, as docs/operations.md advises, and verifies with that.
//
// A receipt of the same event has the same document, and so the same digest,
// whenever it is asked for and whichever key signs: paper, file and server can
// be compared.
//
// # Invariants
//
//  1. Verify accepts a file only when every byte is as it was made: parsing it
//     and writing it again gives the same bytes, and the signature holds.
//  2. Only EdDSA with an Ed25519 key of the given set is accepted; the header
//     chooses a key among them and nothing else.
//  3. A signature over one kind of document never passes for the other.
//  4. A document that is signed but lacks what a document of its kind must say
//     is refused (ErrFields).
//  5. A private key appears in no error and no format of fmt.
package receipt
