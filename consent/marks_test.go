package consent_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent"
)

// TestTheMarkChangesWithEveryVersion: also when one goes and another comes
// between two looks, which leaves their number and versions as they were.
func TestTheMarkChangesWithEveryVersion(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		owners := []uuid.UUID{r.owner, uuid.New()}
		var mark consent.Mark
		var versions map[uuid.UUID]int64
		looks := func(what string) {
			t.Helper()
			marks, err := r.Marks(ctx, owners)
			must(t, err)
			all, err := r.Versions(ctx, owners)
			must(t, err)
			same := maps.Equal(versions, all[r.owner])
			if same != (mark == marks[r.owner]) {
				t.Errorf("%s: versions the same: %v; the mark was %+v and is %+v", what, same, mark, marks[r.owner])
			}
			if len(marks) > 1 {
				t.Errorf("%s: someone who has nothing has a mark: %v", what, marks)
			}
			mark, versions = marks[r.owner], all[r.owner]
		}
		looks("nothing")
		first := r.ask(t, consent.Citizen)
		looks("one came")
		looks("nothing happened")
		must(t, r.HandOver(ctx, r.owner, first.ID))
		looks("one changed")
		r.clock = r.clock.Add(time.Minute)
		second := r.ask(t, consent.Citizen)
		looks("another came")
		must(t, r.Cancel(ctx, r.owner, second.ID))
		r.clock = r.clock.Add(time.Minute)
		r.ask(t, consent.Citizen)
		looks("one went and one came")
		must(t, r.Cancel(ctx, r.owner, first.ID))
		looks("one went")
	})
}
