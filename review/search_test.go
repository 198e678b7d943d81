package review_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/policies"
	"vakspiegel/review"
)

// Readable is the one recording, while its owner may read it.
func (r *recordings) Readable(_ context.Context, _ *gorm.DB, actor policies.Actor, _ string) ([]review.Readable, string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || actor.ID != r.owner {
		return nil, "", nil
	}
	return []review.Readable{{ID: r.id, ConversationID: uuid.Nil, StartedAt: time.Unix(0, 0)}}, "", nil
}

// finds are the bodies (or else the headings) of what is found.
func (r *room) finds(t *testing.T, actor policies.Actor, query string) (bodies []string) {
	t.Helper()
	found, err := r.Search(ctx, actor, query)
	must(t, err)
	for _, hit := range found.Hits {
		if hit.Body == "" {
			bodies = append(bodies, hit.Heading.NL)
			continue
		}
		bodies = append(bodies, hit.Body)
	}
	return bodies
}

func TestASearchFindsWordsWhateverTheirCaseAndAccents(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i, body := range []string{"Één keer WACHTEN helpt", "cafe\u0301 in de straat", "STRASSE en ﬁets"} {
			n := note(body)
			n.StartMs = int64(i) * 1000
			_, err := r.Create(ctx, r.noor, r.id, n)
			must(t, err)
		}
		for query, want := range map[string]int{
			"een wachten": 1, "wacht": 1, "WACHTEN Eén": 1, "een straat": 0, "café": 1, "CAFE": 1, "straße": 1, "fiets": 1, "stra": 2, "niets": 0, "%": 0, "_": 0,
		} {
			if got := r.finds(t, r.noor, query); len(got) != want {
				t.Errorf("%q finds %q, want %d", query, got, want)
			}
		}
		for _, query := range []string{"", " \t", "\u0301", strings.Repeat("x", 201), string([]byte{0xff})} {
			if _, err := r.Search(ctx, r.noor, query); faultsOf(err) == nil {
				t.Errorf("%q: %v, want a fault", query, err)
			}
		}
	})
}

func TestASearchFindsEveryKindOfWhatOneWrote(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		n := note("de regenboog")
		n.Tags = []string{"eigen-code"}
		parent, err := r.Create(ctx, r.noor, r.id, n)
		must(t, err)
		reply := note("mijn antwoord, later")
		reply.ParentID = &parent.ID
		_, err = r.Create(ctx, r.noor, r.id, reply)
		must(t, err)
		_, err = r.Create(ctx, r.noor, r.id, review.Note{StartMs: 100, Kind: review.Moment, Marker: "frustratie", Visibility: review.Self})
		must(t, err)
		_, err = r.Choose(ctx, r.noor, r.id, review.Passage{StartMs: 0, EndMs: 2000, Title: "Keerpunt", Reason: "hier keert het"})
		must(t, err)
		form := r.begin(t, "drie-leidvragen")
		answer := review.Answer{Code: form.Template.Entries[0].Code, Text: "zo echt als een bruiloft"}
		_, err = r.FillForm(ctx, r.noor, form.ID, 1, review.FormChange{Answers: []review.Answer{answer}})
		must(t, err)
		for query, what := range map[string]string{
			"regenboog": review.HitNote, "eigen-code": review.HitNote, "antwoord": review.HitReply, "Frustration": review.HitNote,
			"keerpunt": review.HitFragment, "keert": review.HitFragment, "bruiloft": review.HitForm,
		} {
			found, err := r.Search(ctx, r.noor, query)
			must(t, err)
			if len(found.Hits) != 1 || found.Hits[0].What != what || found.More {
				t.Errorf("%q finds %+v, want one %s", query, found, what)
			}
		}
		found, err := r.Search(ctx, r.noor, "bruiloft")
		must(t, err)
		if hit := found.Hits[0]; hit.Heading.NL != form.Template.Entries[0].Label.NL || hit.StartMs != nil || hit.ID != form.ID {
			t.Errorf("the answer: %+v", hit)
		}
	})
}

// Invariant 16.
func TestASearchFindsNothingThatIsGoneClosedOrOfAnother(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		gone, err := r.Create(ctx, r.noor, r.id, note("weggehaald"))
		must(t, err)
		_, err = r.Create(ctx, r.noor, r.id, note("gebleven"))
		must(t, err)
		must(t, r.db.Table("annotations").Where("id <> ?", gone.ID).Update("author_id", r.sem.ID).Error)
		if got := r.finds(t, r.noor, "gebleven"); got != nil {
			t.Errorf("found what another wrote: %q", got)
		}
		must(t, r.db.Table("annotations").Where("1 = 1").Update("author_id", r.noor.ID).Error)
		if got := r.finds(t, r.noor, "weggehaald"); len(got) != 1 {
			t.Errorf("found %q", got)
		}
		must(t, r.Delete(ctx, r.noor, gone.ID, 1))
		if got := r.finds(t, r.noor, "weggehaald"); got != nil {
			t.Errorf("found what was deleted: %q", got)
		}
		if got := r.finds(t, r.sem, "gebleven"); got != nil {
			t.Errorf("sem found %q", got)
		}
		r.closed = true
		if got := r.finds(t, r.noor, "gebleven"); got != nil || r.refused != 0 {
			t.Errorf("found %q in what is closed; %d refusals in the log", got, r.refused)
		}
	})
}

func TestASearchShowsAHundredInTheOrderOfTheFilmAndTellsOfMore(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i := range 101 {
			n := note(fmt.Sprintf("zee %d", i))
			n.StartMs = int64(50_000 - i*100)
			_, err := r.Create(ctx, r.noor, r.id, n)
			must(t, err)
		}
		found, err := r.Search(ctx, r.noor, "zee")
		must(t, err)
		if len(found.Hits) != review.MaxHits || !found.More || found.Hits[0].Body != "zee 100" || found.Hits[99].Body != "zee 1" {
			t.Errorf("%d found, more: %t, from %q", len(found.Hits), found.More, found.Hits[0].Body)
		}
	})
}

func TestALongTextIsShownAroundWhatWasLookedFor(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		rapid.Check(t, func(t *rapid.T) {
			before := rapid.StringN(0, 3000, -1).Draw(t, "before")
			after := rapid.StringN(0, 3000, -1).Draw(t, "after")
			must := func(err error) {
				if err != nil {
					t.Fatal(err)
				}
			}
			created, err := r.Create(ctx, r.noor, r.id, note(before+" Zwáluwstaart "+after))
			must(err)
			found, err := r.Search(ctx, r.noor, "zwaluwstaart")
			must(err)
			if len(found.Hits) != 1 || !strings.Contains(found.Hits[0].Body, "Zwáluwstaart") || utf8.RuneCountInString(found.Hits[0].Body) > 402 {
				t.Fatalf("found %+v", found)
			}
			must(r.Delete(ctx, r.noor, created.ID, 1))
		})
	})
}
