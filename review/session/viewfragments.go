package session

import (
	"maps"
	"slices"

	"vakspiegel/media"
)

// fragments are those that were brought in, by number. One that is closed tells
// its number and nothing else, whatever closed it.
func (seen sight) fragments(names called, there shelf) (list []Brought) {
	for _, n := range slices.Sorted(maps.Keys(seen.circle.fragments)) {
		f := seen.circle.fragments[n]
		fragment := Brought{N: n, State: seen.stateOf(f, there)}
		if fragment.State != FragmentClosed {
			seen.tell(&fragment, f, names, there)
		}
		list = append(list, fragment)
	}
	return list
}

// tell puts in what members may know of a fragment.
func (seen sight) tell(fragment *Brought, f fragmentRow, names called, there shelf) {
	fragment.Owner, fragment.StartMs, fragment.EndMs, fragment.Whole = names.of(f.OwnerID), f.StartMs, f.EndMs, f.CutID == nil
	if f.OwnerID == seen.actor.ID {
		fragment.RecordingID = &f.RecordingID
	}
	if f.CutID == nil {
		fragment.DurationMs = there.standing[f.RecordingID].DurationMs
		return
	}
	cut := there.cuts[*f.CutID]
	if cut.State == media.CutReady {
		fragment.LeadMs, fragment.DurationMs = cut.LeadMs, &cut.DurationMs
	}
	if f.OwnerID == seen.actor.ID {
		fragment.Failure = cut.Failure
	}
}

// cutState is how far the cut of a fragment is; "" for one that can be watched.
func (there shelf) cutState(f fragmentRow) FragmentState {
	if f.CutID == nil {
		return ""
	}
	switch cut := there.cuts[*f.CutID]; cut.State {
	case media.CutReady:
		return ""
	case media.CutOwed, media.CutMaking:
		return FragmentCutting
	}
	return FragmentFailed
}

func (seen sight) stateOf(f fragmentRow, there shelf) FragmentState {
	switch {
	case !seen.circle.shared(f, there.standing[f.RecordingID]) || seen.row.State.over():
		return FragmentClosed
	case there.cutState(f) != "":
		return there.cutState(f)
	case there.open[seen.onlooker(f.N)]:
		return FragmentOpen
	case seen.row.State.open() && seen.circle.agreed[seen.actor.ID]:
		return FragmentClosed // to this member alone: a role that they lost
	}
	return FragmentWaiting
}

func (s State) over() bool { return s == Finished || s == Cancelled }

// shared: but for the state of the session and one's own agreement, a fragment is
// open to everyone (invariant 1).
func (c circle) shared(f fragmentRow, now media.Standing) bool {
	return f.TakenBackAt == nil && now.Open && now.SharingOpen && c.keeps(f.OwnerID) && !c.judged(f.OwnerID) &&
		len(missing(c.needs(f.OwnerID), now.Scopes)) == 0
}

// missing are the needs that are not allowed.
func missing(needs, scopes []string) (lacking []string) {
	for _, need := range needs {
		if !slices.Contains(scopes, need) {
			lacking = append(lacking, need)
		}
	}
	return lacking
}
