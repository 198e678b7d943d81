package session

// State is where a session is.
type State string

// The states there are.
const (
	Draft     State = "draft"
	Preparing State = "preparing"
	Running   State = "running"
	Finished  State = "finished"
	Cancelled State = "cancelled"
)

// open: its fragments may be looked at.
func (s State) open() bool { return s == Preparing || s == Running }

// Request is whether a coach was asked to lead, and what they said.
type Request string

// The requests there are.
const (
	NotAsked Request = "none"
	Asked    Request = "asked"
	Accepted Request = "accepted"
	Declined Request = "declined"
)

// Place is where people come together.
type Place string

// The places there are.
const (
	AtDistance Place = "distance"
	InRoom     Place = "room" // one screen; phones are note pads
)
