package texts

import (
	"strings"
	"testing"
)

func TestATextToReadOutTakesHalfAMinute(t *testing.T) {
	catalogue := load(t)
	for _, l := range catalogue.Languages() {
		spoken := catalogue.Spoken(l.Tag)
		for name, text := range spoken.flat() {
			filled, err := FillSome(text, usual)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(strings.Fields(filled)); n == 0 || n > MaxSpoken {
				t.Errorf("%s: %s has %d words, at most %d", l.Tag, name, n, MaxSpoken)
			}
		}
		if spoken.Version != "spoken-v1" || spoken.Language != l.Tag || len(spoken.Hash) != 64 {
			t.Errorf("%s: %+v", l.Tag, spoken)
		}
	}
	if catalogue.Spoken("xx").Language != Authoritative {
		t.Error("an unknown language is not read out in Dutch")
	}
}
