package review_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
)

const attention = "werken-met-aandacht"

// begin begins a form for noor.
func (r *room) begin(t *testing.T, code string) review.Form {
	t.Helper()
	form, _, err := r.BeginForm(ctx, r.noor, r.id, code)
	must(t, err)
	return form
}

func words(code, text string) review.Answer { return review.Answer{Code: code, Text: text} }

func seenAt(code string, at ...int64) review.Answer {
	answer := review.Answer{Code: code}
	for _, ms := range at {
		answer.Moments = append(answer.Moments, review.Seen{StartMs: ms})
	}
	return answer
}

func TestAFormComesBackAsItWasFilledInAndNoWordIsPlain(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		begun := r.begin(t, attention)
		if begun.Version != 1 || begun.Template.Version != 0 || begun.Visibility != review.Self || begun.Perspective != review.ProfessionalView || len(begun.Answers) != 0 {
			t.Fatalf("begun: %+v", begun)
		}
		end := int64(9000)
		erkent := review.Answer{Code: "erkent", Text: "<b>zij</b> zuchtte \u202e é", Moments: []review.Seen{{StartMs: 5000, EndMs: &end}, {StartMs: 100}}}
		filled, err := r.FillForm(ctx, r.noor, begun.ID, 1, review.FormChange{Answers: []review.Answer{erkent, words("wat-ging-goed", "de rust")}})
		must(t, err)
		want := []review.Answer{words("wat-ging-goed", "de rust"), erkent} // in the order of the form
		if !reflect.DeepEqual(filled.Answers, want) || filled.Version != 2 {
			t.Errorf("filled: %+v", filled)
		}
		// What is not sent stays; what is emptied goes.
		_, err = r.FillForm(ctx, r.noor, begun.ID, 2, review.FormChange{Answers: []review.Answer{words("wat-ging-goed", ""), seenAt("legt-uit", 7)}})
		must(t, err)
		forms, err := r.Forms(ctx, r.noor, r.id)
		must(t, err)
		if len(forms) != 1 || !reflect.DeepEqual(forms[0].Answers, []review.Answer{erkent, seenAt("legt-uit", 7)}) {
			t.Errorf("the list: %+v", forms)
		}
		var rows []map[string]any
		must(t, r.db.Table("observation_forms").Find(&rows).Error)
		if dump := fmt.Sprintf("%s %v", rows, rows); strings.Contains(dump, "zuchtte") || strings.Contains(dump, "erkent") || strings.Contains(dump, "5000") {
			t.Error("the database holds an answer in plain")
		}
		if r.raised != 1 {
			t.Errorf("screens were told %d times, want once: typing is not told", r.raised)
		}
	})
}

func TestEachHasOneFormOfATemplate(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var group sync.WaitGroup
		ids := make(chan string, 6)
		for range 6 {
			group.Go(func() {
				form, _, err := r.BeginForm(ctx, r.noor, r.id, attention)
				if err != nil {
					t.Error(err)
				}
				ids <- form.ID.String()
			})
		}
		group.Wait()
		close(ids)
		different := map[string]bool{}
		for id := range ids {
			different[id] = true
		}
		other := r.begin(t, "drie-leidvragen")
		forms, err := r.Forms(ctx, r.noor, r.id)
		must(t, err)
		if len(different) != 1 || len(forms) != 2 || forms[1].ID != other.ID || r.raised != 2 {
			t.Errorf("%d ids, %d forms, told %d times", len(different), len(forms), r.raised)
		}
	})
}

func TestAFormStaysOnTheVersionItWasBegunWith(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.Audit = audit.New(r.db, 0)
		begun := r.begin(t, attention)
		newer := form(review.ListEntry{Code: "nieuw", Kind: review.AskQuestion, Label: review.Label{NL: "Nieuw?"}})
		_, err := r.PublishList(ctx, r.noor, "test", review.FormList, attention, 0, newer)
		must(t, err)
		_, err = r.FillForm(ctx, r.noor, begun.ID, 1, review.FormChange{Answers: []review.Answer{words("vasthouden", "de stilte")}})
		must(t, err)
		_, err = r.FillForm(ctx, r.noor, begun.ID, 2, review.FormChange{Answers: []review.Answer{words("nieuw", "x")}})
		wantFaults(t, err, "answers[0].code unknown")
		if again := r.begin(t, attention); again.ID != begun.ID || again.Template.Version != 0 {
			t.Errorf("begun anew: %+v", again)
		}
		must(t, r.DeleteForm(ctx, r.noor, begun.ID, 2))
		if fresh := r.begin(t, attention); fresh.Template.Version != 1 || len(fresh.Template.Entries) != 1 {
			t.Errorf("after deleting: %+v", fresh)
		}
		newer.Current = false
		_, err = r.PublishList(ctx, r.noor, "test", review.FormList, attention, 1, newer)
		must(t, err)
		forms, err := r.Forms(ctx, r.noor, r.id)
		must(t, err)
		_, _, err = r.BeginForm(ctx, r.noor, r.id, attention)
		wantFaults(t, err, "code unknown")
		if len(forms) != 1 {
			t.Errorf("what was begun on it is gone: %+v", forms)
		}
	})
}

func wantFaults(t *testing.T, err error, want ...string) {
	t.Helper()
	var invalid *review.Invalid
	if !errors.As(err, &invalid) {
		t.Errorf("%v, want faults %v", err, want)
		return
	}
	var got []string
	for _, f := range invalid.Faults {
		got = append(got, f.Field+" "+f.Code)
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
}

func TestEveryFaultOfAnAnswerAtOnceAndNothingIsKept(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		begun := r.begin(t, attention)
		early, everyone := int64(10), review.Visibility("everyone")
		_, err := r.FillForm(ctx, r.noor, begun.ID, 1, review.FormChange{Visibility: &everyone, Answers: []review.Answer{
			words("wat-ging-goed", strings.Repeat("é", 5001)),
			seenAt("vasthouden", 1),
			{Code: "erkent", Text: string([]byte{0xff}), Moments: []review.Seen{{StartMs: 20, EndMs: &early}, {StartMs: 60_001}, {StartMs: -1}}},
			seenAt("legt-uit", make([]int64, 21)...),
			words("erkent", "nog eens"),
			words("score", "7"),
		}})
		wantFaults(t, err, "visibility unknown", "answers[0].text too_long", "answers[1].moments not_behaviour", "answers[2].text not_text",
			"answers[2].moments[0].endMs before_start", "answers[2].moments[1].startMs after_end", "answers[2].moments[2].startMs negative",
			"answers[3].moments too_many", "answers[4].code taken", "answers[5].code unknown")
		_, _, err = r.BeginForm(ctx, r.noor, r.id, "cijfers")
		wantFaults(t, err, "code unknown")
		forms, err := r.Forms(ctx, r.noor, r.id)
		must(t, err)
		if len(forms) != 1 || forms[0].Version != 1 || len(forms[0].Answers) != 0 {
			t.Errorf("something was kept: %+v", forms)
		}
	})
}

func TestTheSecondOfTwoTabsIsToldAndAnOlderVersionPutBackDoesNotOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		begun := r.begin(t, attention)
		_, err := r.FillForm(ctx, r.noor, begun.ID, 1, review.FormChange{Answers: []review.Answer{words("vasthouden", "eerst")}})
		must(t, err)
		_, err = r.FillForm(ctx, r.noor, begun.ID, 1, review.FormChange{Answers: []review.Answer{words("vasthouden", "toen")}})
		wants(t, err, review.ErrChanged)
		wants(t, r.DeleteForm(ctx, r.noor, begun.ID, 1), review.ErrChanged)
		var old []byte
		must(t, r.db.Table("observation_forms").Select("sealed").Row().Scan(&old))
		_, err = r.FillForm(ctx, r.noor, begun.ID, 2, review.FormChange{Answers: []review.Answer{words("vasthouden", "daarna")}})
		must(t, err)
		must(t, r.db.Table("observation_forms").Where("id = ?", begun.ID).Update("sealed", old).Error)
		if forms, err := r.Forms(ctx, r.noor, r.id); err == nil {
			t.Errorf("an older version opened: %+v", forms)
		}
	})
}

func TestOnlyTheAuthorFillsInAFormAndOnlyWhileTheRecordingIsOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		begun := r.begin(t, attention)
		tries := func(actor policies.Actor) {
			t.Helper()
			_, err := r.Forms(ctx, actor, r.id)
			wants(t, err, review.ErrNotFound)
			_, _, err = r.BeginForm(ctx, actor, r.id, attention)
			wants(t, err, review.ErrNotFound)
			_, err = r.FillForm(ctx, actor, begun.ID, 1, review.FormChange{Answers: []review.Answer{words("vasthouden", "gekaapt")}})
			wants(t, err, review.ErrNotFound)
			wants(t, r.DeleteForm(ctx, actor, begun.ID, 1), review.ErrNotFound)
		}
		tries(r.sem)
		r.closed = true
		tries(r.noor)
		if r.refused != 8 {
			t.Errorf("%d refusals were concluded, want 8", r.refused)
		}
		must(t, r.db.Exec("DELETE FROM recordings WHERE id = ?", r.id).Error)
		var left int64
		must(t, r.db.Table("observation_forms").Count(&left).Error)
		if left != 0 {
			t.Error("a form outlived its recording")
		}
	})
}

// TestNoAnswerIsLostWhoeverTypesInWhateverOrder: two tabs that fill in one form
// and take over what the other kept after being told, lose no answer.
func TestNoAnswerIsLostWhoeverTypesInWhateverOrder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		begun := r.begin(t, attention)
		kept, version := map[string]string{}, begun.Version
		tabs := [2]int64{version, version}
		rapid.Check(t, func(t *rapid.T) {
			tab := rapid.IntRange(0, 1).Draw(t, "tab")
			entry := rapid.SampledFrom(begun.Template.Entries).Draw(t, "entry")
			text := rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "text")
			change := review.FormChange{Answers: []review.Answer{words(entry.Code, text)}}
			filled, err := r.FillForm(ctx, r.noor, begun.ID, tabs[tab], change)
			if errors.Is(err, review.ErrChanged) != (tabs[tab] != version) {
				t.Fatalf("tab at version %d of %d: %v", tabs[tab], version, err)
			}
			if errors.Is(err, review.ErrChanged) {
				filled, err = r.FillForm(ctx, r.noor, begun.ID, version, change)
			}
			if err != nil {
				t.Fatal(err)
			}
			kept[entry.Code] = text
			version, tabs[tab] = filled.Version, filled.Version
			got := map[string]string{}
			for _, answer := range filled.Answers {
				got[answer.Code] = answer.Text
			}
			for code, text := range kept {
				if got[code] != text {
					t.Fatalf("%s is %q, want %q", code, got[code], text)
				}
			}
		})
	})
}
