package citizen

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheNeutralCardSaysNothingOfAMunicipalityOrAFilm(t *testing.T) {
	pages := pagesWith(t, organisation)
	card := CardPage{Conversation: conversation("citizen"), Code: "1234 5678 9012", CodeAddress: "example.org/code", QR: qr, Neutral: true, Path: PathCard}
	film := map[string]string{"nl": "film", "en": "film", "ar": "تسجيل", "tr": "film", "pl": "film", "uk": "відео"}
	for _, l := range pages.catalogue.Languages() {
		var w bytes.Buffer
		if err := pages.Card(&w, l.Tag, card); err != nil {
			t.Fatal(err)
		}
		said := strings.ToLower(words(parse(t, w.Bytes()).only("html")))
		for _, telling := range []string{"gemeente", "voorbeeld", "noor", film[l.Tag]} {
			if strings.Contains(said, telling) {
				t.Errorf("%s: the neutral card says %q: %s", l.Tag, telling, said)
			}
		}
		for _, needed := range []string{card.Code, card.CodeAddress, "14 000"} {
			if !strings.Contains(said, needed) {
				t.Errorf("%s: the neutral card lacks %q", l.Tag, needed)
			}
		}
		if !strings.Contains(w.String(), "?neutraal=ja&amp;taal="+l.Tag) {
			t.Errorf("%s: another language is another card", l.Tag)
		}
		card := card
		card.Neutral = false
		w.Reset()
		if err := pages.Card(&w, l.Tag, card); err != nil {
			t.Fatal(err)
		}
		if said := strings.ToLower(words(parse(t, w.Bytes()).only("html"))); !strings.Contains(said, film[l.Tag]) || !strings.Contains(said, "noor") {
			t.Errorf("%s: the words that were looked for are in no card: %s", l.Tag, said)
		}
	}
}
