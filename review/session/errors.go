package session

import "errors"

// The errors of this room.
var (
	// ErrNotFound: there is no such session or fragment, or not for this actor.
	ErrNotFound = errors.New("session: not found")
	// ErrChanged: someone was first; nothing was stored.
	ErrChanged = errors.New("session: changed meanwhile")
	// ErrState: this cannot be done in the state the session is in.
	ErrState = errors.New("session: not in this state")
	// ErrAgreement: the safe-haven agreement was not accepted yet.
	ErrAgreement = errors.New("session: agreement missing")
	// ErrInvalid is what *Invalid is.
	ErrInvalid = errors.New("session: invalid input")
)

// Fault is one thing that is wrong with the input.
type Fault struct{ Field, Code, Detail string }

// Invalid is every fault of the input at once; it is ErrInvalid.
type Invalid struct{ Faults []Fault }

// Error implements error; it says nothing of what was sent.
func (*Invalid) Error() string { return ErrInvalid.Error() }

// Is makes every *Invalid an ErrInvalid.
func (*Invalid) Is(target error) bool { return target == ErrInvalid }
