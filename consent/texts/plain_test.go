package texts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Lengths of Dutch sentences (invariant 4): words, counted with names and dates
// filled in.
const (
	longest = 20
	average = 12
)

var (
	sentenceEnd = regexp.MustCompile(`[.?!](\s|$)|\n`)
	usual       = map[string]string{
		"klantmanager": "Noor Jansen", "organisation": "Gemeente Voorbeeld", "days": "60", "proof": "545", "hours": "72", "count": "3",
		"moment": "dinsdag 3 november, 10.15 uur", "day": "3 november 2026", "address": "vakspiegel.nl/code",
		"label": "Ja, wis de opname", "version": "v1", "language": "Nederlands", "title": "Typ uw code",
		"controller": "Het college van Voorbeeld", "name": "Sociaal Raadslieden Voorbeeld",
		"basis": "Wij vragen uw toestemming. Zonder uw ja filmen we niet.",
	}
	jargon = regexp.MustCompile(`(?i)\b(consent|upload|recording|token|browser|server|data|optioneel|conform|betreffende|middels|teneinde|indien|verwerking\w*|grondslag|betrokkene)\b`)
)

func dutch(t *testing.T) map[string][]string {
	t.Helper()
	catalogue := load(t)
	files := map[string][]string{}
	files["consent"] = slices.Collect(maps.Values(catalogue.Consent("nl").flat()))
	files["pages"] = slices.Collect(maps.Values(catalogue.folders["nl"].words.byKey))
	spoken := catalogue.Spoken("nl")
	files["spoken"] = []string{spoken.Text, spoken.Telephone}
	for _, name := range Articles {
		article, _ := catalogue.Article("nl", name)
		files[name] = slices.Collect(maps.Values(article.flat()))
	}
	return files
}

func TestDutchSentencesAreShort(t *testing.T) {
	for file, lines := range dutch(t) {
		sentences, words := 0, 0
		for _, line := range lines {
			filled, err := FillSome(line, usual)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			for _, sentence := range sentenceEnd.Split(filled, -1) {
				n := len(strings.Fields(sentence))
				if n == 0 {
					continue
				}
				sentences, words = sentences+1, words+n
				if n > longest {
					t.Errorf("%s: %d words in %q", file, n, sentence)
				}
			}
		}
		if sentences == 0 || float64(words)/float64(sentences) > average {
			t.Errorf("%s: %d words in %d sentences, more than %d on average", file, words, sentences, average)
		}
	}
}

func TestDutchHasNoJargonAndSaysU(t *testing.T) {
	informal := regexp.MustCompile(`(?i)\b(je|jij|jou|jouw)\b`)
	for file, lines := range dutch(t) {
		for _, line := range lines {
			if word := jargon.FindString(line); word != "" {
				t.Errorf("%s: jargon %q in %q", file, word, line)
			}
			if word := informal.FindString(line); word != "" {
				t.Errorf("%s: %q instead of u in %q", file, word, line)
			}
		}
	}
}
