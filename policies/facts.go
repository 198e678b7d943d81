package policies

import (
	"slices"

	"github.com/google/uuid"
)

// Part is what someone is before one recording in a session.
type Part string

// The parts there are; the zero value looks along nowhere.
const (
	PartOwner Part = "owner" // it is their own
	PartCoach Part = "coach" // leads the session as a coach
	PartPeer  Part = "peer"  // any other member
)

// Facts are what the database says about one object and one actor at this
// moment. The caller reads them from the primary, in the same transaction or
// query round as the work itself, and keeps none of them. The zero value is
// an object of nobody: it opens nothing that belongs to someone.
type Facts struct {
	OwnerID     uuid.UUID // the recorded klantmanager, also for an annotation
	AuthorID    uuid.UUID // of an annotation
	Closed      bool      // withdrawn, paused, expired or erased: nobody looks
	Scopes      []string  // what all participants allow
	SharingOpen bool      // the cooling-off is over
	Evaluates   bool      // the actor evaluates OwnerID, or an owner in the session: announced, now, or ended less than 12 months ago
	Disabled    bool      // the actor has been disabled since

	// Of a recording that is looked at in a session: what the actor is there, and
	// which scopes it takes for everyone to look. Part is empty when the session is
	// not open, or when one of its people may not look.
	Part  Part
	Needs []string

	// Of a session, and of the list of signals.
	Member, Maker, Leader, Keeper bool
}

// shared reports whether the recording may be looked at with others at all.
func (f Facts) shared() bool {
	if !f.SharingOpen {
		return false
	}
	for _, need := range f.Needs {
		if !slices.Contains(f.Scopes, need) {
			return false
		}
	}
	return true
}
