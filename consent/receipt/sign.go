package receipt

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// The typ of a file says which kind of document it signs.
const (
	TypeReceipt   = "vakspiegel-receipt"
	TypeStatement = "vakspiegel-erasure-statement"
)

// Document is a Receipt or a Statement.
type Document interface {
	// typ is the document's in the header.
	typ() string
	// check returns ErrFields with what is missing or wrong.
	check() error
}

func (Receipt) typ() string   { return TypeReceipt }
func (Statement) typ() string { return TypeStatement }

// Sign makes the file of a document.
func (k Key) Sign(d Document) ([]byte, error) {
	payload, err := encode(d)
	if err != nil {
		return nil, err
	}
	options := (&jose.SignerOptions{}).WithType(jose.ContentType(d.typ())).WithHeader("kid", k.Public().ID())
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: k.private}, options)
	if err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	return []byte(signed.FullSerialize()), nil
}

// Digest is the SHA-256 of a document, in lower-case hex.
func Digest(d Document) (string, error) {
	payload, err := encode(d)
	if err != nil {
		return "", err
	}
	return digest(payload), nil
}

func digest(payload []byte) string {
	sum := sha256.Sum256(payload)
	return hex.EncodeToString(sum[:])
}

// encode writes JSON in the one form that a document or header has.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
