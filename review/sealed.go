package review

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// place binds sealed words to their row and its version: a row swapped with
// another, or an older version put back by hand, does not open (invariant 2).
func place(id uuid.UUID, version int64) string { return fmt.Sprintf("%s/%d", id, version) }

// sealWords seals the words of a row as JSON. kind is what the row is, place
// where it stands.
func sealWords(texts Texts, kind, place string, words any) ([]byte, error) {
	plain, err := json.Marshal(words)
	if err != nil {
		return nil, err
	}
	return texts.Seal(kind, place, plain)
}

// openWords opens what sealWords sealed at the same place. Errors: those of
// Texts.Open; no error says a word of what was sealed.
func openWords[T any](texts Texts, kind, place string, sealed []byte) (words T, err error) {
	plain, err := texts.Open(kind, place, sealed)
	if err != nil {
		return words, err
	}
	if err := json.Unmarshal(plain, &words); err != nil {
		return words, fmt.Errorf("review: %s %s: not the words it should hold", kind, place)
	}
	return words, nil
}
