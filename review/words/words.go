package words

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// Texts seals and opens words under one key; kind and id bind them to their
// place, so that two swapped rows do not open.
type Texts interface {
	Seal(kind, id string, plain []byte) ([]byte, error)
	Open(kind, id string, sealed []byte) ([]byte, error)
	// Derive is a key of its own for a kind and id: always the same, of no use for
	// anything sealed here, and gone with the key itself.
	Derive(kind, id string) ([]byte, error)
	// Close wipes the key; whoever asked for the texts does it when done.
	Close()
}

// Each is what a map of some kind of Texts holds, as Texts.
func Each[T Texts](sealers map[uuid.UUID]T) map[uuid.UUID]Texts {
	each := make(map[uuid.UUID]Texts, len(sealers))
	for id, sealer := range sealers {
		each[id] = sealer
	}
	return each
}

// Place is where the words of one version of a row stand.
func Place(id uuid.UUID, version int64) string { return fmt.Sprintf("%s/%d", id, version) }

// Seal seals the words of a row as JSON. kind is what the row is, place where it
// stands.
func Seal(texts Texts, kind, place string, words any) ([]byte, error) {
	plain, err := json.Marshal(words)
	if err != nil {
		return nil, err
	}
	return texts.Seal(kind, place, plain)
}

// Open opens what Seal sealed at the same place. Errors: those of Texts.Open; no
// error says a word of what was sealed.
func Open[T any](texts Texts, kind, place string, sealed []byte) (words T, err error) {
	plain, err := texts.Open(kind, place, sealed)
	if err != nil {
		return words, err
	}
	if err := json.Unmarshal(plain, &words); err != nil {
		return words, fmt.Errorf("words: %s %s: not what it should hold", kind, place)
	}
	return words, nil
}
