package review

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Limits of a search.
const (
	MaxQuery   = 200 // characters
	maxExcerpt = 400 // characters of a text that are handed out
	lead       = 120 // of them before what was looked for
)

// foldRune is a letter as it is compared: without case and accents, so that "É"
// is "e". A combining accent is nothing.
func foldRune(r rune) string {
	if r < 0x80 {
		return string(unicode.ToLower(r))
	}
	return strings.Map(func(part rune) rune {
		if unicode.Is(unicode.Mn, part) {
			return -1
		}
		return part
	}, norm.NFKD.String(cases.Fold().String(string(r))))
}

// fold is a text as it is compared.
func fold(text string) string {
	var out strings.Builder
	for _, r := range text {
		out.WriteString(foldRune(r))
	}
	return out.String()
}

// query is what is looked for: words that must all occur, folded.
type query []string

// parseQuery errors: *Invalid.
func parseQuery(text string) (query, error) {
	faults := checkText("query", text, MaxQuery)
	words := strings.Fields(fold(text))
	if len(words) == 0 {
		faults = append(faults, Fault{"query", "empty", "Type what you look for."})
	}
	if faults != nil {
		return nil, &Invalid{faults}
	}
	return words, nil
}

// in reports whether every word occurs in one of the texts.
func (q query) in(texts ...string) bool {
	all := fold(strings.Join(texts, "\n"))
	for _, word := range q {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// excerpt is the part of a long text around the first of the words, cut between
// characters; a short one is whole.
func (q query) excerpt(text string) string {
	letters := []rune(text)
	if len(letters) <= maxExcerpt {
		return text
	}
	from := max(0, min(q.first(letters)-lead, len(letters)-maxExcerpt))
	to := from + maxExcerpt
	out := strings.TrimSpace(string(letters[from:to]))
	if from > 0 {
		out = "…" + out
	}
	if to < len(letters) {
		out += "…"
	}
	return out
}

// first is where the first of the words begins, counted in letters.
func (q query) first(letters []rune) int {
	var folded strings.Builder
	var begins []int // of each letter, in folded
	for _, r := range letters {
		begins = append(begins, folded.Len())
		folded.WriteString(foldRune(r))
	}
	at := folded.Len()
	for _, word := range q {
		if found := strings.Index(folded.String(), word); found >= 0 {
			at = min(at, found)
		}
	}
	for i, begin := range begins {
		if begin >= at {
			return i
		}
	}
	return 0
}
