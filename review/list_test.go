package review_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
)

// shelf is the room with its lists, its audit log and who publishes.
type shelf struct {
	*review.Service
	db   *gorm.DB
	log  *audit.Log
	omar policies.Actor
}

func eachShelf(t *testing.T, test func(t *testing.T, s *shelf)) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		must(t, policies.SeedDemo(ctx, db))
		omar, err := policies.NewPeople(db).ByLogin(ctx, "omar")
		must(t, err)
		log := audit.New(db, 0)
		test(t, &shelf{review.New(review.Config{DB: db, Audit: log}), db, log, omar.Actor()})
	})
}

func (s *shelf) publish(kind review.ListKind, code string, basedOn int64, content review.ListContent) error {
	_, err := s.PublishList(ctx, s.omar, "policy:role:administrator", kind, code, basedOn, content)
	return err
}

func (s *shelf) entries(t *testing.T) int64 {
	t.Helper()
	report, err := s.log.Verify(ctx)
	must(t, err)
	return int64(report.Entries)
}

func entry(code, nl string) review.ListEntry {
	return review.ListEntry{Code: code, Label: review.Label{NL: nl}}
}

func listOf(entries ...review.ListEntry) review.ListContent {
	return review.ListContent{Current: true, Entries: entries}
}

func form(entries ...review.ListEntry) review.ListContent {
	return review.ListContent{Title: &review.Label{NL: "Een kijkwijzer"}, Current: true, Entries: entries}
}

func TestTheListsThatComeWithTheProgramKeepTheRules(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		lists, err := s.Lists(ctx)
		must(t, err)
		var moments []string
		for _, m := range lists.Moments.Entries {
			moments = append(moments, m.Code)
		}
		want := []string{"frustratie", "weerstand", "afhaken", "verstarring", "stagnatie", "flow", "spontaniteit"}
		if !slices.Equal(moments, want) || lists.Moments.Version != 0 || len(lists.Codes.Entries) != 12 || len(lists.Forms) != 2 {
			t.Errorf("%+v", lists)
		}
		for _, of := range []struct {
			kind review.ListKind
			code string
		}{{review.MomentList, "standard"}, {review.CodeList, "standard"}, {review.FormList, "drie-leidvragen"}, {review.FormList, "werken-met-aandacht"}} {
			versions, err := s.ListVersions(ctx, of.kind, of.code)
			must(t, err)
			if len(versions) != 1 || versions[0].PublishedAt != nil {
				t.Fatalf("%s/%s: %+v", of.kind, of.code, versions)
			}
			for _, e := range versions[0].Entries {
				if e.Label.EN == "" {
					t.Errorf("%s/%s/%s has no English", of.kind, of.code, e.Code)
				}
			}
			must(t, s.publish(of.kind, of.code, 0, versions[0].ListContent))
		}
	})
}

func TestAPublishedListAppliesAndWhatWasTakenOutKeepsItsName(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		must(t, s.publish(review.MomentList, "standard", 0, listOf(entry("flow", "Het loopt"), entry("lach", "Een lach"))))
		lists, err := s.Lists(ctx)
		must(t, err)
		var got []string
		for _, e := range lists.Moments.Entries {
			got = append(got, fmt.Sprint(e.Label.Whole().EN, e.Current))
		}
		want := []string{
			"Het loopttrue", "Een lachtrue", "Frustrationfalse", "Resistancefalse", "Dropping outfalse", "Freezingfalse", "Getting stuckfalse", "Spontaneityfalse",
		}
		if !reflect.DeepEqual(got, want) || lists.Moments.Version != 1 || lists.Moments.PublishedAt == nil {
			t.Errorf("%v, version %d", got, lists.Moments.Version)
		}
		if lists.Codes.Version != 0 {
			t.Errorf("the codes moved too: %+v", lists.Codes)
		}
		if n := s.entries(t); n != 1 {
			t.Errorf("%d audit entries, want 1", n)
		}
	})
}

func TestAFormOfOnesOwnCanBePutAwayAndComesBackByPublishingItAnew(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		question := entry("begin", "Hoe begon het?")
		question.Kind = review.AskQuestion
		must(t, s.publish(review.FormList, "eerste-minuut", 0, form(question)))
		away := form(question)
		away.Current = false
		must(t, s.publish(review.FormList, "eerste-minuut", 1, away))
		versions, err := s.ListVersions(ctx, review.FormList, "eerste-minuut")
		must(t, err)
		must(t, s.publish(review.FormList, "eerste-minuut", 2, versions[1].ListContent))
		lists, err := s.Lists(ctx)
		must(t, err)
		i := slices.IndexFunc(lists.Forms, func(f review.ListVersion) bool { return f.Code == "eerste-minuut" })
		if i < 0 || !lists.Forms[i].Current || lists.Forms[i].Version != 3 || len(lists.Forms) != 3 {
			t.Errorf("%+v", lists.Forms)
		}
	})
}

func TestEveryFaultOfAListAtOnceAndNothingIsLeftOfIt(t *testing.T) {
	score := entry("score", "Geef een cijfer")
	score.Kind = "scale"
	many := func(n int) review.ListContent {
		var c review.ListContent
		c.Current = true
		for i := range n {
			c.Entries = append(c.Entries, entry(fmt.Sprintf("e%d", i), fmt.Sprintf("Nummer %d", i)))
		}
		return c
	}
	eachShelf(t, func(t *testing.T, s *shelf) {
		for name, c := range map[string]struct {
			kind    review.ListKind
			code    string
			content review.ListContent
			want    []string
		}{
			"no entries":  {review.CodeList, "standard", listOf(), []string{"entries length"}},
			"ten moments": {review.MomentList, "standard", many(10), []string{"entries length"}},
			"31 codes":    {review.CodeList, "standard", many(31), []string{"entries length"}},
			"a score":     {review.FormList, "x", form(score), []string{"entries[0].kind unknown"}},
			"a moment that asks": {review.MomentList, "standard", listOf(review.ListEntry{Code: "a", Kind: review.AskQuestion, Label: review.Label{NL: "A"}}),
				[]string{"entries[0].kind unknown"}},
			"a list with a form's head": {review.CodeList, "standard", review.ListContent{Title: &review.Label{NL: "T"}, Lead: &review.Label{NL: "L"}, Entries: []review.ListEntry{entry("a", "A")}},
				[]string{"title unknown", "lead unknown", "current fixed"}},
			"a form without a name": {review.FormList, "x", review.ListContent{Current: true, Entries: []review.ListEntry{{Code: "a", Kind: review.LookBehaviour, Label: review.Label{NL: "A"}}}},
				[]string{"title required"}},
			"all of it": {
				review.CodeList, "standard",
				listOf(entry("Flow", " Flow"), entry("b", ""), entry("b", "regel\nregel"), entry("c", strings.Repeat("é", 61)), entry("d", "Dee"), entry("e", "dee"),
					review.ListEntry{Code: "f", Label: review.Label{NL: "Ef", EN: string([]byte{0xff})}}),
				[]string{
					"entries[0].code pattern", "entries[0].label.nl spaces", "entries[1].label.nl length", "entries[2].label.nl not_text", "entries[2].code taken",
					"entries[3].label.nl length", "entries[5].label.nl taken", "entries[6].label.en not_text",
				},
			},
		} {
			err := s.publish(c.kind, c.code, 0, c.content)
			var invalid *review.Invalid
			if !errors.As(err, &invalid) {
				t.Errorf("%s: %v, want its faults", name, err)
				continue
			}
			var got []string
			for _, f := range invalid.Faults {
				got = append(got, f.Field+" "+f.Code)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s:\n got %v\nwant %v", name, got, c.want)
			}
		}
		for _, unknown := range []struct {
			kind review.ListKind
			code string
		}{{review.MomentList, "other"}, {review.CodeList, "other"}, {"scores", "standard"}, {review.FormList, "Een Twee"}, {review.FormList, ""}} {
			wants(t, s.publish(unknown.kind, unknown.code, 0, many(1)), review.ErrNotFound)
			_, err := s.ListVersions(ctx, unknown.kind, unknown.code)
			wants(t, err, review.ErrNotFound)
		}
		var rows int64
		must(t, s.db.Table("learning_lists").Count(&rows).Error)
		if rows != 0 || s.entries(t) != 0 {
			t.Errorf("%d rows and %d audit entries are left of refusals", rows, s.entries(t))
		}
	})
}

func TestOfManyWhoPublishAtOnceOneIsFirst(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		var group sync.WaitGroup
		won := make(chan string, 8)
		for i := range 8 {
			group.Go(func() {
				name := fmt.Sprintf("Van %d", i)
				err := s.publish(review.CodeList, "standard", 0, listOf(entry("a", name)))
				if err == nil {
					won <- name
				} else if !errors.Is(err, review.ErrListChanged) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		lists, err := s.Lists(ctx)
		must(t, err)
		if len(won) != 1 || lists.Codes.Version != 1 || lists.Codes.Entries[0].Label.NL != <-won || s.entries(t) != 1 {
			t.Errorf("%d won; the codes are %+v", len(won), lists.Codes)
		}
		wants(t, s.publish(review.CodeList, "standard", 2, listOf(entry("a", "Uit de toekomst"))), review.ErrListChanged)
	})
}

func TestAPublishedVersionIsNeverChangedOrTakenAway(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		must(t, s.publish(review.CodeList, "standard", 0, listOf(entry("a", "A"))))
		for _, attack := range []string{"UPDATE learning_lists SET content = '{}'", "DELETE FROM learning_lists"} {
			if s.db.Exec(attack).Error == nil {
				t.Errorf("the database did: %s", attack)
			}
		}
		if s.db.Name() == "postgres" && s.db.Exec("TRUNCATE learning_lists").Error == nil {
			t.Error("the database emptied the table")
		}
	})
}

// TestNoNameIsEverLost: whatever is published, in whatever order, every code
// that was ever in a list has a name; the newest version alone is current, in
// its order; and every version reads as it was written.
func TestNoNameIsEverLost(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *shelf) {
		lists, err := s.Lists(ctx)
		must(t, err)
		written := map[int64][]review.ListEntry{}
		ever := map[string]bool{}
		for _, e := range lists.Codes.Entries {
			written[0], ever[e.Code] = append(written[0], e.ListEntry), true
		}
		var newest int64
		rapid.Check(t, func(t *rapid.T) {
			codes := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-e]|luisteren|tempo`), 1, 7, rapid.ID).Draw(t, "codes")
			basedOn := rapid.SampledFrom([]int64{newest, newest, newest, newest - 1, newest + 1}).Draw(t, "basedOn")
			var entries []review.ListEntry
			for _, code := range codes {
				entries = append(entries, entry(code, fmt.Sprintf("%s in %d", code, newest+1)))
			}
			err := s.publish(review.CodeList, "standard", basedOn, listOf(entries...))
			if (err == nil) != (basedOn == newest) {
				t.Fatalf("based on %d while %d is the newest: %v", basedOn, newest, err)
			}
			if err == nil {
				newest++
				written[newest] = entries
				for _, code := range codes {
					ever[code] = true
				}
			}
			checkNames(t, s, newest, written, ever)
		})
	})
}

func checkNames(t *rapid.T, s *shelf, newest int64, written map[int64][]review.ListEntry, ever map[string]bool) {
	lists, err := s.Lists(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for i, e := range lists.Codes.Entries {
		if current := i < len(written[newest]); e.Current != current || current && e.ListEntry != written[newest][i] || named[e.Code] || e.Label.NL == "" {
			t.Fatalf("entry %d of version %d is %+v", i, newest, e)
		}
		named[e.Code] = true
	}
	if !reflect.DeepEqual(named, ever) || lists.Codes.Version != newest {
		t.Fatalf("version %d names %v, want %v of version %d", lists.Codes.Version, named, ever, newest)
	}
	versions, err := s.ListVersions(context.Background(), review.CodeList, review.StandardList)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range versions {
		if v.Version != newest-int64(i) || !reflect.DeepEqual(v.Entries, written[v.Version]) {
			t.Fatalf("version %d reads %+v", v.Version, v.Entries)
		}
	}
}
