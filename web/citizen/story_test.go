package citizen

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEachScopeIsTakenBackAloneByATick(t *testing.T) {
	page := minePage()
	page.Scopes = []string{"coach", "peers", "training"}
	var w bytes.Buffer
	if err := newPages(t).Mine(&w, "nl", page); err != nil {
		t.Fatal(err)
	}
	for _, form := range parse(t, w.Bytes()).all("form") {
		fields := inputs(form)
		if !slices.Equal(fields[FieldChoice], []string{ChoiceNarrow}) {
			continue
		}
		if !slices.Equal(fields[FieldLess], page.Scopes) || fields[FieldScope] != nil {
			t.Errorf("what may go: %v, what stays: %v", fields[FieldLess], fields[FieldScope])
		}
		return
	}
	t.Error("no form narrows")
}

// Mail scanners run pages and post their forms as they find them.
func TestNoFormChangesAnythingAsItIsFound(t *testing.T) { // invariant 8
	found := map[string]bool{}
	onEveryPage(t, func(t *testing.T, _, _ string, _ []byte, d document) {
		for _, form := range d.all("form") {
			if attribute(form, "action") == PathDone {
				continue // closes the page on a shared screen, and nothing else
			}
			var filled, empty []string
			fields := inputs(form)
			for _, input := range within(form, "input") {
				switch kind := attribute(input, "type"); {
				case kind == "hidden" || hasAttribute(input, "checked") || attribute(input, "value") != "" && kind != "checkbox":
					filled = append(filled, attribute(input, "name"))
				case kind != "checkbox" || attribute(input, "name") != FieldScope:
					empty = append(empty, attribute(input, "name"))
				}
			}
			for _, choice := range fields[FieldChoice] {
				found[choice] = true
			}
			if len(empty) == 0 || slices.Contains(filled, FieldConfirm) || slices.Contains(filled, FieldLess) {
				t.Errorf("keuze %v: nothing to tick or type; filled in %v", fields[FieldChoice], filled)
			}
			if len(fields[FieldChoice]) > 0 && !slices.Contains(filled, FieldTick) {
				t.Errorf("keuze %v: the server cannot know that there is a box", fields[FieldChoice])
			}
		}
	})
	for _, choice := range []string{ChoiceYes, ChoiceNo, ChoiceNarrow, ChoicePause, ChoiceResume, ChoiceErase} {
		if !found[choice] {
			t.Errorf("no page has a form for %q", choice)
		}
	}
}

func TestAFormThatComesBackKeepsWhatWasTicked(t *testing.T) {
	page := consentPage("citizen")
	page.NotTicked, page.Chosen = true, []string{"peers"}
	var w bytes.Buffer
	if err := newPages(t).Consent(&w, "nl", page); err != nil {
		t.Fatal(err)
	}
	var ticked []string
	d := parse(t, w.Bytes())
	for _, input := range d.all("input") {
		if hasAttribute(input, "checked") {
			ticked = append(ticked, attribute(input, "value"))
		}
	}
	if !slices.Equal(ticked, []string{"peers"}) {
		t.Errorf("ticked: %v", ticked)
	}
	if title := words(d.only("title")); !strings.HasPrefix(title, "Let op: ") {
		t.Errorf("title %q", title)
	}
}

func TestErasingTakesATickAndAButton(t *testing.T) {
	pages := newPages(t)
	for name, change := range map[string]func(*MinePage){
		"with a recording":    func(*MinePage) {},
		"without a recording": func(m *MinePage) { m.HasRecording = false },
		"while paused":        func(m *MinePage) { m.Paused = true },
	} {
		t.Run(name, func(t *testing.T) {
			page := minePage()
			change(&page)
			var w bytes.Buffer
			if err := pages.Mine(&w, "nl", page); err != nil {
				t.Fatal(err)
			}
			erasing := 0
			for _, form := range parse(t, w.Bytes()).all("form") {
				fields := inputs(form)
				if !slices.Contains(fields[FieldChoice], ChoiceErase) {
					continue
				}
				erasing++
				for _, input := range within(form, "input") {
					if attribute(input, "name") == FieldConfirm && attribute(input, "type") != "checkbox" {
						t.Error("the tick is given beforehand")
					}
				}
				if !slices.Equal(fields[FieldConfirm], []string{ConfirmYes}) {
					t.Errorf("bevestig = %v", fields[FieldConfirm])
				}
			}
			if erasing != 1 {
				t.Errorf("%d forms erase, want 1", erasing)
			}
		})
	}
}

func TestPauseIsShownOnlyWhenItWorks(t *testing.T) {
	pages := newPages(t)
	for _, test := range []struct {
		can, paused bool
		want        []string
	}{{false, false, nil}, {true, false, []string{ChoicePause}}, {true, true, []string{ChoiceResume}}, {false, true, []string{ChoiceResume}}} {
		page := minePage()
		page.CanPause, page.Paused = test.can, test.paused
		var w bytes.Buffer
		if err := pages.Mine(&w, "nl", page); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, button := range parse(t, w.Bytes()).all("button") {
			if v := attribute(button, "value"); v == ChoicePause || v == ChoiceResume {
				got = append(got, v)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("can %t, paused %t: %v, want %v", test.can, test.paused, got, test.want)
		}
	}
}

func TestTheStagesAreSaidWhenTheyAreTrueAndNotBefore(t *testing.T) {
	pages := newPages(t)
	said := []string{
		"Gestopt. Vakspiegel laat de opname aan niemand meer zien.",
		"Niemand kan de opname nog openen.",
		"Alles is gewist en nagekeken.",
	}
	for stages := range 4 {
		page := erasingPage(stages)
		var w bytes.Buffer
		if err := pages.Erasing(&w, "nl", page); err != nil {
			t.Fatal(err)
		}
		text := words(parse(t, w.Bytes()).only("main"))
		for i, sentence := range said {
			if got, want := strings.Contains(text, sentence), i < stages; got != want {
				t.Errorf("%d stages done: %q is said: %t", stages, sentence, got)
			}
		}
		if page.Done() != (stages == 3) || strings.Contains(text, "Verklaring") != (stages == 3) {
			t.Errorf("%d stages: done %t, statement %t", stages, page.Done(), strings.Contains(text, "Verklaring"))
		}
		if got := strings.Contains(text, "kan nog enkele seconden doorlopen"); got != (stages < 3) {
			t.Errorf("%d stages: the last seconds are told: %t", stages, got)
		}
	}
}

func TestWhereTheFileStoodIsToldOnlyOfAFile(t *testing.T) {
	pages := newPages(t)
	for _, fromFile := range []bool{true, false} {
		page := erasingPage(3)
		page.FromFile = fromFile
		var w bytes.Buffer
		if err := pages.Erasing(&w, "nl", page); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(w.String(), "De opname kwam uit een bestand."); got != fromFile {
			t.Errorf("from a file %t, told %t", fromFile, got)
		}
	}
}

func TestWithoutARecordingNothingIsSaidToBeErased(t *testing.T) {
	page := erasingPage(1)
	page.HadRecording = false
	var w bytes.Buffer
	if err := newPages(t).Erasing(&w, "nl", page); err != nil {
		t.Fatal(err)
	}
	text := words(parse(t, w.Bytes()).only("main"))
	if !page.Done() || !strings.Contains(text, "Er was nog geen opname.") || strings.Contains(text, "gewist") {
		t.Errorf("done %t: %s", page.Done(), text)
	}
}

func TestWaitingSaysNothingOfWhoAnswered(t *testing.T) {
	pages := newPages(t)
	for waiting, want := range map[bool]string{true: "We wachten nog op de anderen.", false: "Iedereen zei ja."} {
		var w bytes.Buffer
		err := pages.Answered(&w, "nl", AnsweredPage{Conversation: conversation("citizen"), Waiting: waiting, Code: "1", CodeAddress: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(w.String(), want) {
			t.Errorf("waiting %t: %q is not said", waiting, want)
		}
	}
}

func TestSharingIsSaidToOpenLaterOnlyWhileItIsShut(t *testing.T) {
	pages := newPages(t)
	for name, test := range map[string]struct {
		now  time.Time
		want bool
	}{"before": {heldAt, true}, "after": {heldAt.Add(100 * time.Hour), false}} {
		page := minePage()
		page.Now = test.now
		var w bytes.Buffer
		if err := pages.Mine(&w, "nl", page); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(w.String(), "Anderen kijken pas na"); got != test.want {
			t.Errorf("%s: said %t", name, got)
		}
	}
}

// A promise may be kept longer than it is told, never shorter.
func TestDaysAndHoursAreRoundedUp(t *testing.T) {
	page := consentPage("citizen")
	page.Retention, page.CoolingOff = 36*time.Hour, 90*time.Minute
	var w bytes.Buffer
	if err := newPages(t).Consent(&w, "nl", page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Hooguit 2 dagen.", "De eerste 2 uur kijkt alleen"} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("%q is not said", want)
		}
	}
}

func TestAnErrorIsSaidInTheTitleToo(t *testing.T) {
	pages := newPages(t)
	consent, mine := consentPage("citizen"), minePage()
	consent.NoChoice, mine.NotTicked = true, ChoiceErase
	for name, render := range map[string]func(w *bytes.Buffer) error{
		"no choice":       func(w *bytes.Buffer) error { return pages.Consent(w, "nl", consent) },
		"no confirmation": func(w *bytes.Buffer) error { return pages.Mine(w, "nl", mine) },
		"a wrong code":    func(w *bytes.Buffer) error { return pages.Code(w, "nl", CodePage{Wrong: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			var w bytes.Buffer
			if err := render(&w); err != nil {
				t.Fatal(err)
			}
			d := parse(t, w.Bytes())
			if title := words(d.only("title")); !strings.HasPrefix(title, "Let op: ") {
				t.Errorf("title %q", title)
			}
			alerts := 0
			for _, n := range d.all("") {
				if attribute(n, "role") == "alert" {
					alerts++
				}
			}
			if alerts != 1 {
				t.Errorf("%d alerts, want 1", alerts)
			}
		})
	}
}

func TestThePrivacyPageSaysHowLongEverythingIsKept(t *testing.T) {
	pages := newPages(t)
	for _, l := range pages.catalogue.Languages() {
		var w bytes.Buffer
		page := ArticlePage{Name: "privacy", Retention: 90 * 24 * time.Hour, Proof: 271*24*time.Hour - time.Minute}
		if err := pages.Article(&w, l.Tag, page); err != nil {
			t.Fatal(err)
		}
		for _, days := range []string{"90", "271"} {
			if !strings.Contains(w.String(), days) {
				t.Errorf("%s does not say %s days", l.Tag, days)
			}
		}
	}
}
