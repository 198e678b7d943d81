package citizen

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vakspiegel/consent/texts"
)

// shape is the elements of a page in order, with the names of their attributes:
// what markup smuggled in by a value would change.
func shape(t *testing.T, page []byte) string {
	var b strings.Builder
	for _, n := range parse(t, page).all("") {
		b.WriteString(n.Data)
		for _, a := range n.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func named(value string) []func(p *Pages, w io.Writer) error {
	c := Conversation{Ref: value, Role: "citizen", Klantmanager: value, HeldAt: heldAt}
	erasing := erasingPage(3)
	erasing.Conversation = c
	consent, mine := consentPage("citizen"), minePage()
	consent.Conversation, mine.Conversation = c, c
	return []func(p *Pages, w io.Writer) error{
		func(p *Pages, w io.Writer) error { return p.Consent(w, "nl", consent) },
		func(p *Pages, w io.Writer) error { return p.Mine(w, "nl", mine) },
		func(p *Pages, w io.Writer) error { return p.Erasing(w, "nl", erasing) },
		func(p *Pages, w io.Writer) error {
			return p.Answered(w, "nl", AnsweredPage{Conversation: c, Code: "1" + value, CodeAddress: value})
		},
	}
}

func TestAnAttackersNameIsShownAsText(t *testing.T) { // invariant 5
	for _, hostile := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' autofocus onfocus=alert(1) x='`,
		`</title><script>alert(1)</script>`, `javascript:alert(1)`, `{{.Page.Ref}}`, `{organisation}`, `<!--`, "\x00<b>",
	} {
		pages, err := New(newPages(t).catalogue, hostile)
		if err != nil {
			t.Fatal(err)
		}
		for i, render := range named(hostile) {
			var plain, attacked bytes.Buffer
			if err := named("Noor")[i](newPages(t), &plain); err != nil {
				t.Fatal(err)
			}
			if err := render(pages, &attacked); err != nil {
				t.Fatal(err)
			}
			if shape(t, plain.Bytes()) != shape(t, attacked.Bytes()) {
				t.Errorf("page %d: %q changes the page", i, hostile)
			}
		}
	}
}

func TestNoValueChangesTheShapeOfAPage(t *testing.T) { // invariant 5
	pages := newPages(t)
	var want []string
	for _, render := range named("Noor") {
		var w bytes.Buffer
		if err := render(pages, &w); err != nil {
			t.Fatal(err)
		}
		want = append(want, shape(t, w.Bytes()))
	}
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(`<>"'/&;=a {}-!`)))).Draw(rt, "value")
		for i, render := range named(value) {
			var w bytes.Buffer
			if err := render(pages, &w); err != nil {
				rt.Fatal(err)
			}
			if shape(t, w.Bytes()) != want[i] {
				rt.Fatalf("page %d: %q changes the page", i, value)
			}
		}
	})
}

func TestAPageIsRenderedWholeOrNotAtAll(t *testing.T) { // invariant 6
	pages := newPages(t)
	broken := map[string]func(w io.Writer) error{
		"a role that does not exist": func(w io.Writer) error { return pages.Consent(w, "nl", consentPage("manager")) },
		"a scope that does not exist": func(w io.Writer) error {
			page := minePage()
			page.Scopes = []string{"manager"}
			return pages.Mine(w, "nl", page)
		},
		"an article that does not exist": func(w io.Writer) error {
			return pages.Article(w, "nl", ArticlePage{Name: "secrets"})
		},
	}
	for name, render := range broken {
		t.Run(name, func(t *testing.T) {
			var w bytes.Buffer
			if err := render(&w); err == nil {
				t.Error("no error")
			}
			if w.Len() != 0 {
				t.Errorf("%d bytes were written", w.Len())
			}
		})
	}
	t.Run("a connection that is gone", func(t *testing.T) {
		if err := pages.Refused(gone{}, "nl"); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("err = %v", err)
		}
	})
}

type gone struct{}

func (gone) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAnUnknownLanguageIsDutch(t *testing.T) {
	var w bytes.Buffer
	if err := newPages(t).Refused(&w, "xx"); err != nil {
		t.Fatal(err)
	}
	if got := attribute(parse(t, w.Bytes()).only("html"), "lang"); got != texts.Authoritative {
		t.Errorf("lang = %q", got)
	}
}

func TestMomentsInEveryLanguage(t *testing.T) {
	pages := newPages(t)
	for lang, want := range map[string][2]string{
		"ar": {"الثلاثاء 3 نوفمبر، الساعة 10:15", "3 نوفمبر 2026"},
		"pl": {"wtorek 3 listopada, godz. 10:15", "3 listopada 2026"},
		"tr": {"3 Kasım Salı, saat 10.15", "3 Kasım 2026"},
		"uk": {"вівторок, 3 листопада, 10:15", "3 листопада 2026"},
	} {
		dates := pages.catalogue.Language(lang).Dates
		for i, form := range []string{dates.Moment, dates.Day} {
			if got, err := when(form, dates, heldAt); err != nil || got != want[i] {
				t.Errorf("%s: %q, %v; want %q", lang, got, err, want[i])
			}
		}
	}
}

func TestMomentsAreOnTheClockOfTheNetherlands(t *testing.T) {
	catalogue := newPages(t).catalogue
	for name, test := range map[string]struct {
		at           time.Time
		nl, en, date string
	}{
		"winter":                    {time.Date(2026, 11, 3, 9, 15, 0, 0, time.UTC), "dinsdag 3 november, 10.15 uur", "Tuesday 3 November, 10:15", "3 november 2026"},
		"summer":                    {time.Date(2026, 7, 1, 7, 5, 0, 0, time.UTC), "woensdag 1 juli, 9.05 uur", "Wednesday 1 July, 9:05", "1 juli 2026"},
		"past midnight, next day":   {time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC), "vrijdag 1 januari, 0.30 uur", "Friday 1 January, 0:30", "1 januari 2027"},
		"the hour that comes twice": {time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), "zondag 25 oktober, 2.30 uur", "Sunday 25 October, 2:30", "25 oktober 2026"},
	} {
		t.Run(name, func(t *testing.T) {
			for lang, want := range map[string]string{"nl": test.nl, "en": test.en} {
				dates := catalogue.Language(lang).Dates
				if got, err := when(dates.Moment, dates, test.at); err != nil || got != want {
					t.Errorf("%s: %q, %v; want %q", lang, got, err, want)
				}
			}
			dates := catalogue.Language("nl").Dates
			if got, err := when(dates.Day, dates, test.at); err != nil || got != test.date {
				t.Errorf("day: %q, %v; want %q", got, err, test.date)
			}
		})
	}
}
