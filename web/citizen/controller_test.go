package citizen

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vakspiegel/consent/texts"
)

// pagesWith are the pages of a municipality with this organisation.yaml; none
// for "".
func pagesWith(t *testing.T, organisation string) *Pages {
	t.Helper()
	own := fstest.MapFS{}
	if organisation != "" {
		own[texts.OrganisationFile] = &fstest.MapFile{Data: []byte(organisation)}
	}
	catalogue, err := texts.Load(own)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := New(catalogue, "Gemeente Voorbeeld")
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

const organisation = `name: College van Voorbeeld
address: [Plein 1, 0000 AA Voorbeeld]
telephone: "14 000"
privacyContact: {name: de FG, telephone: "14 002", email: fg@voorbeeld.example}
independentHelp: {name: Raadslieden, telephone: "+31 (0)14-001"}
`

func asked(t *testing.T, pages *Pages, lang string) document {
	t.Helper()
	var w bytes.Buffer
	if err := pages.Consent(&w, lang, consentPage("citizen")); err != nil {
		t.Fatal(err)
	}
	return parse(t, w.Bytes())
}

func TestTheConsentPageNamesWhoIsResponsibleAndWhoHelps(t *testing.T) {
	pages := pagesWith(t, organisation)
	for _, l := range pages.catalogue.Languages() {
		d := asked(t, pages, l.Tag)
		said := words(d.only("main"))
		for _, want := range []string{"College van Voorbeeld", "Plein 1", "0000 AA Voorbeeld", "14 000", "de FG", "14 002", "fg@voorbeeld.example", "Raadslieden", "+31 (0)14-001"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %s", l.Tag, want)
			}
		}
		reached := map[string]bool{}
		for _, a := range d.all("a") {
			if href := attribute(a, "href"); strings.HasPrefix(href, "tel:") || strings.HasPrefix(href, "mailto:") {
				reached[href] = true
				if attribute(a, "dir") != "ltr" {
					t.Errorf("%s: %s may be turned around", l.Tag, href)
				}
			}
		}
		for _, want := range []string{"tel:14000", "tel:14002", "tel:+31014001", "mailto:fg@voorbeeld.example"} {
			if !reached[want] {
				t.Errorf("%s: no link %s in %v", l.Tag, want, reached)
			}
		}
	}
}

func TestWithoutAnOrganisationThePagesNameTheMunicipalityOnly(t *testing.T) {
	pages := pagesWith(t, "")
	for _, l := range pages.catalogue.Languages() {
		d := asked(t, pages, l.Tag)
		if !strings.Contains(words(d.only("main")), texts.Isolate(l.Direction, "Gemeente Voorbeeld")) {
			t.Errorf("%s does not name the municipality", l.Tag)
		}
		for _, a := range d.all("a") {
			if href := attribute(a, "href"); strings.HasPrefix(href, "tel:") || strings.HasPrefix(href, "mailto:") {
				t.Errorf("%s: a link %q to nobody", l.Tag, href)
			}
		}
	}
	if said := words(asked(t, pages, "nl").only("main")); !strings.Contains(said, "Gemeente Voorbeeld is verantwoordelijk voor de film.") || strings.Contains(said, "Hulp van buiten") {
		t.Errorf("said: %s", said)
	}
}

func TestTheLegalBasisIsSaidOnceInEveryLanguage(t *testing.T) {
	for basis, file := range map[string]string{
		"consent": organisation, "public_task": organisation + "legalBasis: public_task\n",
	} {
		pages := pagesWith(t, file)
		for _, l := range pages.catalogue.Languages() {
			sentence, err := pages.catalogue.Words(l.Tag).Say("basis." + basis)
			if err != nil {
				t.Fatal(err)
			}
			var privacy bytes.Buffer
			if err := pages.Article(&privacy, l.Tag, ArticlePage{Name: "privacy", Retention: 60 * 24 * time.Hour, Proof: 545 * 24 * time.Hour}); err != nil {
				t.Fatal(err)
			}
			for page, d := range map[string]document{"consent": asked(t, pages, l.Tag), "privacy": parse(t, privacy.Bytes())} {
				if n := strings.Count(words(d.only("main")), sentence); n != 1 {
					t.Errorf("%s of the %s page says %q %d times", l.Tag, page, sentence, n)
				}
			}
		}
	}
}

// A code, a name, an address: in a sentence from right to left each keeps its own
// direction, and cannot turn what follows it.
func TestNothingIsTurnedAroundFromRightToLeft(t *testing.T) {
	pages := newPages(t)
	page := consentPage("citizen")
	page.Klantmanager = "Noor\u202e\u2069 Jansen"
	var w bytes.Buffer
	if err := pages.Consent(&w, "ar", page); err != nil {
		t.Fatal(err)
	}
	if said := w.String(); strings.Contains(said, "\u202e") || !strings.Contains(said, "\u2068Noor Jansen\u2069") {
		t.Error("a name turns the sentence around")
	}
	w.Reset()
	answer := AnsweredPage{Conversation: conversation("citizen"), Code: "1234 5678 9012", CodeAddress: "vakspiegel.example/code"}
	if err := pages.Answered(&w, "ar", answer); err != nil {
		t.Fatal(err)
	}
	for _, bdi := range parse(t, w.Bytes()).all("bdi") {
		if words(bdi) == answer.Code && attribute(bdi, "dir") == "ltr" {
			return
		}
	}
	t.Error("the code is not kept from left to right")
}

func TestWhoIsToBeCalledHasANumber(t *testing.T) {
	pages := pagesWith(t, organisation)
	for name, render := range map[string]func(w *bytes.Buffer) error{
		"code":        func(w *bytes.Buffer) error { return pages.Code(w, "nl", CodePage{}) },
		"unknown":     func(w *bytes.Buffer) error { return pages.UnknownLink(w, "nl") },
		"unavailable": func(w *bytes.Buffer) error { return pages.Unavailable(w, "nl") },
	} {
		var w bytes.Buffer
		if err := render(&w); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(w.String(), `href="tel:14000"`) {
			t.Errorf("%s: call, but which number?", name)
		}
	}
}
