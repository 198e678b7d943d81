package audit

import (
	"errors"
	"time"
)

// Installation is the chain of what belongs to no recording.
const Installation = "installation"

// The results an entry may have. A stream has started, then cut (by a closing)
// or ended.
const (
	Allowed = "allowed"
	Refused = "refused"
	Started = "started"
	Cut     = "cut"
	Ended   = "ended"
	Done    = "done"
	Failed  = "failed"
)

// ErrEntry says that an entry lacks what it must have.
var ErrEntry = errors.New("audit entry is not valid")

// Entry is one decision or event.
type Entry struct {
	At         time.Time // now when zero; kept in whole microseconds
	ActorKind  string    // person, participant, system, anonymous
	ActorID    string
	Action     string // "recording:watch"
	ObjectKind string
	ObjectID   string
	Purpose    string
	Rule       string // what decided, policies.Decision.Rule
	Result     string
	ChainID    string // a recording's id; Installation when empty
	FromMs     *int64 // which part of the film, in ms from its start; nil for the owner's own looking
	ToMs       *int64
}

func (e Entry) validate() error {
	switch e.Result {
	case Allowed, Refused, Started, Cut, Ended, Done, Failed:
	default:
		return errors.Join(ErrEntry, errors.New("unknown result"))
	}
	if e.Action == "" || e.ActorKind == "" {
		return errors.Join(ErrEntry, errors.New("action and actor kind are needed"))
	}
	return nil
}
