package texts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	// ErrUnknownKey says that no text has this key.
	ErrUnknownKey = errors.New("texts: unknown key")
	// ErrPlace says that a place of a sentence was left open, filled twice, or
	// does not exist.
	ErrPlace = errors.New("texts: place not filled as the sentence asks")
)

var place = regexp.MustCompile(`\{[a-z]+\}`)

// Words are the short words of the citizen's pages in one language.
type Words struct {
	language  string
	direction string
	byKey     map[string]string
}

// Say returns the words under key with its places filled: pairs is name, value,
// name, value, … Errors: ErrUnknownKey, ErrPlace.
func (w Words) Say(key string, pairs ...any) (string, error) {
	sentence, ok := w.byKey[key]
	if !ok {
		return "", fmt.Errorf("%w %q in %s", ErrUnknownKey, key, w.language)
	}
	for i := 1; i < len(pairs); i += 2 {
		pairs[i] = Isolate(w.direction, fmt.Sprint(pairs[i]))
	}
	said, err := Fill(sentence, pairs...)
	if err != nil {
		return "", fmt.Errorf("%s, key %q: %w", w.language, key, err)
	}
	return said, nil
}

// Isolate keeps a value (a name, a number, an address) in its own direction
// inside a sentence that runs from right to left: else "1234 5678" is shown as
// "5678 1234" there. Marks of direction that the value brings along go, so that
// it cannot turn the rest of the sentence around. (Unicode annex 9, 2.4 and 2.7)
func Isolate(direction, value string) string {
	if direction != "rtl" {
		return value
	}
	const fsi, pdi = "\u2068", "\u2069"
	return fsi + bidiMarks.ReplaceAllString(value, "") + pdi
}

var bidiMarks = regexp.MustCompile(`[\x{200e}\x{200f}\x{061c}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// Keys lists every key, unsorted.
func (w Words) Keys() []string {
	keys := make([]string, 0, len(w.byKey))
	for key := range w.byKey {
		keys = append(keys, key)
	}
	return keys
}

// Fill puts values into the places of a sentence in one pass, so that a value
// that looks like a place stays what it is. Every place must get a value and
// every value a place. Error: ErrPlace.
func Fill(sentence string, pairs ...any) (string, error) {
	values, err := pairUp(pairs)
	if err != nil {
		return "", err
	}
	used, open := map[string]bool{}, []string{}
	filled := place.ReplaceAllStringFunc(sentence, func(p string) string {
		name := strings.Trim(p, "{}")
		value, ok := values[name]
		if !ok {
			open = append(open, name)
			return p
		}
		used[name] = true
		return value
	})
	if len(open) > 0 {
		return "", fmt.Errorf("%w: %s left open", ErrPlace, strings.Join(open, ", "))
	}
	if len(used) != len(values) {
		return "", fmt.Errorf("%w: %d values for %d places", ErrPlace, len(values), len(used))
	}
	return filled, nil
}

// FillSome is Fill for a text that need not use every value.
func FillSome(sentence string, values map[string]string) (string, error) {
	var pairs []any
	for _, p := range places(sentence) {
		if value, ok := values[p]; ok {
			pairs = append(pairs, p, value)
		}
	}
	return Fill(sentence, pairs...)
}

func pairUp(pairs []any) (map[string]string, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("%w: a name without a value", ErrPlace)
	}
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return values, nil
}

// places returns the names of the places of a sentence, each once, in order.
func places(sentence string) []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range place.FindAllString(sentence, -1) {
		name := strings.Trim(p, "{}")
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
