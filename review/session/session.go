package session

import (
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// Session is a session as one of its members sees it at one moment.
type Session struct {
	ID            uuid.UUID
	Version       int64
	State         State
	Emptied       bool // its last recording is gone; with it its words, and there is no writing
	Title         string
	Question      string // the learning question
	Protocol      protocol.Protocol
	Purpose       policies.Purpose // coaching or peer_review
	Place         Place
	Clock         bool
	StartsAt      *time.Time
	SeriesID      uuid.UUID
	Round, Rounds int // from 1; 1 of 1 is no series
	Request       Request
	Maker, Leader Named
	Members       []Member
	Fragments     []Brought
	Step          int // protocol.Preparing before it starts
	StepBeganAt   *time.Time
	ChosenN       *int
	Revealed      []int
	EveryoneReady bool
	Me            Me
	Can           Can
	Problems      []Problem // of maker and leader, while it is planned
}

// Named is someone with the name that they have now.
type Named struct {
	ID   uuid.UUID
	Name string
}

// MemberPart is what someone is in a session.
type MemberPart string

// The parts. A maker who leads is its maker.
const (
	PartMaker       MemberPart = "maker"
	PartLeader      MemberPart = "leader"
	PartParticipant MemberPart = "participant"
)

// Member is someone in a session.
type Member struct {
	Named
	Part    MemberPart
	Agreed  bool
	Present bool
	OnPaper bool
	Mailed  bool  // an invitation was sent to them
	Ready   *bool // nil while nobody may know
}

// FragmentState is how a fragment stands before the viewer.
type FragmentState string

// The states.
const (
	FragmentOpen    FragmentState = "open"
	FragmentWaiting FragmentState = "waiting" // for preparing to begin, or for one's own agreement
	FragmentCutting FragmentState = "cutting"
	FragmentFailed  FragmentState = "failed" // it could not be cut
	FragmentClosed  FragmentState = "closed" // whatever the cause
)

// Brought is a fragment in a session. A closed one has its number alone.
type Brought struct {
	N           int
	State       FragmentState
	Owner       Named
	RecordingID *uuid.UUID // for its owner alone
	StartMs     int64      // of the film
	EndMs       *int64     // nil: to the end
	Whole       bool
	LeadMs      int64  // what the cut has before StartMs
	DurationMs  *int64 // of what is played; nil while that is not known
	Failure     string // for its owner alone: why it could not be cut (media.Cut)
}

// Me is what the viewer is in a session.
type Me struct {
	Part     MemberPart
	Leads    bool
	Owns     []int // fragments
	Agreed   bool
	Ready    bool
	Posts    []protocol.Kind
	FilmLead bool // may move the film now
}

// Can is what the viewer may do to a session now.
type Can struct{ Plan, Open, Start, Lead, Cancel, Finish bool }

// Problem is what keeps a session from going on. The names are of whoever it is
// about; they are for the screens of maker and leader, and for nothing else.
type Problem struct {
	Code       ProblemCode
	PersonName string
	OwnerName  string
}

// ProblemCode says what a problem is.
type ProblemCode string

// The problems.
const (
	ProblemEvaluator  ProblemCode = "evaluator" // PersonName evaluates OwnerName
	ProblemScope      ProblemCode = "scope_missing"
	ProblemCoolingOff ProblemCode = "cooling_off"
	ProblemClosed     ProblemCode = "fragment_closed" // without a cause
	ProblemFewPeople  ProblemCode = "too_few_people"
	ProblemManyPeople ProblemCode = "too_many_people"
	ProblemLeader     ProblemCode = "leader" // the protocol asks for another one
	ProblemNoFragment ProblemCode = "no_fragment"
	ProblemOneCase    ProblemCode = "one_case" // the protocol has room for the fragments of one owner
	ProblemNoDate     ProblemCode = "no_date"
	ProblemTooEarly   ProblemCode = "too_early"
	ProblemRequest    ProblemCode = "request_open" // the coach has not answered
	ProblemAgreement  ProblemCode = "agreement_missing"
)
