package policies

import "github.com/google/uuid"

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
	InSession   bool      // the actor takes part in a running session with it
	Evaluates   bool      // the actor evaluates OwnerID: announced, now, or ended less than 12 months ago
	Disabled    bool      // the actor has been disabled since
}
