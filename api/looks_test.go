package api

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// A session in which three people look at two fragments, in the pieces that
// their players ask for, and one of them once more a day later.
func session3(began time.Time) (views []media.View, people []uuid.UUID) {
	people = []uuid.UUID{uuid.New(), uuid.New(), uuid.New()}
	fragments := [][2]int64{{0, 10_000}, {60_000, 90_000}}
	for minute := range 20 {
		for _, person := range people {
			f := fragments[minute/5%2] // there and back
			views = append(views, media.View{
				ActorID: person, At: began.Add(time.Duration(minute) * time.Minute), Purpose: policies.PeerReview, FromMs: &f[0], ToMs: &f[1],
			})
		}
	}
	later := views[0]
	later.At = began.Add(24 * time.Hour)
	views = append(views, later)
	slices.Reverse(views)
	return views, people
}

func TestTheOwnerReadsWhoLookedAtWhichPart(t *testing.T) {
	began := time.Date(2026, 11, 3, 10, 15, 0, 0, time.UTC)
	views, people := session3(began)
	looks := merged(views, partOf)
	var got []string
	for _, v := range looks {
		got = append(got, fmt.Sprintf("%d %s %d-%d", slices.Index(people, v.ActorID), v.At.Sub(began), *v.FromMs, *v.ToMs))
	}
	slices.Sort(got)
	want := []string{
		"0 0s 0-10000", "0 24h0m0s 0-10000", "0 5m0s 60000-90000",
		"1 0s 0-10000", "1 5m0s 60000-90000", "2 0s 0-10000", "2 5m0s 60000-90000",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if !slices.IsSortedFunc(looks, func(a, b media.View) int { return b.At.Compare(a.At) }) {
		t.Error("the newest does not come first")
	}
}

func TestTheCitizenReadsOneLineOfThoseWhoLookTogether(t *testing.T) {
	began := time.Date(2026, 11, 3, 10, 15, 0, 0, time.UTC)
	views, _ := session3(began)
	shown := looks(views)
	if len(shown) != 2 || !shown[0].At.Equal(began.Add(24*time.Hour)) || !shown[1].At.Equal(began) || shown[1].Purpose != "peer_review" {
		t.Errorf("the page lists %+v", shown)
	}
}
