package receipt

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// Why a file is not accepted.
var (
	// ErrMalformed: it is no signed document: cut short, or something else.
	ErrMalformed = errors.New("receipt: not a signed document")
	// ErrForm: it was written anew: spaces, order, double members, more after the end.
	ErrForm = errors.New("receipt: not the bytes that were given out")
	// ErrHeader: its header asks for another way of signing than ours.
	ErrHeader = errors.New("receipt: not signed the way receipts are")
	// ErrUnknownKey: signed with a key that is not in the set.
	ErrUnknownKey = errors.New("receipt: the key is not in the set")
	// ErrSignature: what it says is not what was signed.
	ErrSignature = errors.New("receipt: the signature does not hold")
	// ErrFields: it is signed, but does not say what such a document must.
	ErrFields = errors.New("receipt: the document is not whole")
	// ErrKeys: a key set that cannot be used.
	ErrKeys = errors.New("receipt: not a usable key set")
)

// maxFile is far more than any file; bytes.
const maxFile = 1 << 20

// Verified is what a file turned out to be: one of the two is set.
type Verified struct {
	Receipt   *Receipt
	Statement *Statement
	KeyID     string
	Digest    string // of the document, as it is printed
}

// file is the flattened form of a JWS.
type file struct {
	Payload   string `json:"payload"`
	Protected string `json:"protected"`
	Signature string `json:"signature"`
}

type header struct {
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid"`
	Type      string `json:"typ"`
}

// Verify checks a file against a key set. Errors: ErrMalformed, ErrForm,
// ErrHeader, ErrUnknownKey, ErrSignature, ErrFields.
func Verify(text []byte, keys Keys) (Verified, error) {
	if len(text) > maxFile {
		return Verified{}, ErrMalformed
	}
	var f file
	if err := exact(text, &f, ErrMalformed, ErrForm); err != nil {
		return Verified{}, err
	}
	for _, member := range []string{f.Payload, f.Protected, f.Signature} {
		// The last letter may have bits that say nothing, and Go skips new lines.
		raw, err := base64.RawURLEncoding.DecodeString(member)
		if err != nil || base64.RawURLEncoding.EncodeToString(raw) != member {
			return Verified{}, ErrForm
		}
	}
	h, err := readHeader(f.Protected)
	if err != nil {
		return Verified{}, err
	}
	key, ok := keys[h.KeyID]
	if !ok {
		return Verified{}, ErrUnknownKey
	}
	signed, err := jose.ParseSignedJSON(string(text), []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return Verified{}, ErrMalformed
	}
	payload, err := signed.Verify(ed25519.PublicKey(key))
	if err != nil {
		return Verified{}, ErrSignature
	}
	return open(h, payload)
}

// readHeader takes the one header there is, to the byte.
func readHeader(protected string) (header, error) {
	var h header
	raw, err := base64.RawURLEncoding.DecodeString(protected)
	if err != nil {
		return h, ErrForm
	}
	if err := exact(raw, &h, ErrHeader, ErrHeader); err != nil {
		return h, err
	}
	if h.Algorithm != string(jose.EdDSA) {
		return h, ErrHeader
	}
	return h, nil
}

func open(h header, payload []byte) (Verified, error) {
	v := Verified{KeyID: h.KeyID, Digest: digest(payload)}
	var document Document
	switch h.Type {
	case TypeReceipt:
		v.Receipt = &Receipt{}
		document = v.Receipt
	case TypeStatement:
		v.Statement = &Statement{}
		document = v.Statement
	default:
		return Verified{}, ErrHeader
	}
	if err := exact(payload, document, ErrFields, ErrFields); err != nil {
		return Verified{}, err
	}
	if err := document.check(); err != nil {
		return Verified{}, err
	}
	return v, nil
}

// exact reads JSON into a type and accepts only the bytes that the type would
// be written as: no unknown or double member, no space, nothing after the end.
func exact(text []byte, into any, broken, other error) error {
	if !json.Valid(text) {
		if d := json.NewDecoder(bytes.NewReader(text)); d.Decode(&json.RawMessage{}) == nil {
			return other // whole, and then something more
		}
		return broken
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: a member is unknown or of another type", other)
	}
	again, err := encode(into)
	if err != nil || !bytes.Equal(again, text) {
		return other
	}
	return nil
}
