package session

import "github.com/google/uuid"

// viewer is someone before what is said in a session.
type viewer struct {
	id     uuid.UUID
	agreed bool         // is in the session, and accepted the present agreement
	open   map[int]bool // the fragments that they may look at in it now
	owns   map[int]bool // those of their own that they may look back at alone now
}

// visible is who sees which contribution at this moment: the one rule of
// invariant 4, for every answer that tells anything of contributions. It looks at
// the rows alone, never at the words. A reply is not seen without what it replies
// to.
//
// While a session is open its members see what is about no fragment or one that is
// open to them, if its step is not blind or was revealed; what they wrote
// themselves also before. After the end an owner alone sees what was said about
// their own fragment, of what was revealed.
func (s stage) visible(who viewer, all []contributionRow) []contributionRow {
	seen := make(map[uuid.UUID]bool, len(all))
	for _, row := range all {
		seen[row.ID] = s.sees(who, row)
	}
	var visible []contributionRow
	for _, row := range all {
		if seen[row.ID] && (row.ParentID == nil || seen[*row.ParentID]) {
			visible = append(visible, row)
		}
	}
	return visible
}

func (s stage) sees(who viewer, row contributionRow) bool {
	return s.mayRead(who, row.N) && (row.AuthorID == who.id || s.told(row.Step))
}

// mayRead is about the fragment; n is nil for what is about none.
func (s stage) mayRead(who viewer, n *int) bool {
	switch s.state {
	case Preparing, Running:
		return who.agreed && (n == nil || who.open[*n])
	case Finished, Cancelled:
		return n != nil && who.owns[*n]
	}
	return false
}

// shared says whether anyone but its author can see a contribution by now: only
// then the session changes for others when it comes, changes or goes.
func (s stage) shared(row contributionRow, parent *contributionRow) bool {
	return s.told(row.Step) && (parent == nil || s.told(parent.Step))
}
