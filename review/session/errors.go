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
	// ErrAgreementOld: an agreement of another version than that of now was sent.
	ErrAgreementOld = errors.New("session: not the agreement of now")
	// ErrEvaluator: someone would look together with whom they evaluate.
	ErrEvaluator = errors.New("session: evaluator")
	// ErrScope: not everyone in the room allowed those who would look.
	ErrScope = errors.New("session: scope missing")
	// ErrSharing: the cooling-off is not over yet.
	ErrSharing = errors.New("session: sharing is not open")
	// ErrCuts: fragments cannot be cut here; the whole film can be shared.
	ErrCuts = errors.New("session: no cutting")
	// ErrPeople: too few or too many people for the protocol.
	ErrPeople = errors.New("session: people count")
	// ErrEarly: it is too long before the session.
	ErrEarly = errors.New("session: too early")
	// ErrPlan: something is missing of the plan.
	ErrPlan = errors.New("session: plan is not whole")
	// ErrStepGate: the present step does not allow it, or it is not the step that
	// whoever asks saw.
	ErrStepGate = errors.New("session: not in this step")
	// ErrEnough: someone posted MaxContributions.
	ErrEnough = errors.New("session: posted enough")
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

// Barred is one of the errors above with what bars the way, for the screens of who
// plans it. The error's text names nobody.
type Barred struct {
	Err      error
	Problems []Problem
}

// Error implements error.
func (b *Barred) Error() string { return b.Err.Error() }

// Unwrap is the error without the problems.
func (b *Barred) Unwrap() error { return b.Err }

var barring = map[ProblemCode]error{
	ProblemEvaluator: ErrEvaluator, ProblemScope: ErrScope, ProblemCoolingOff: ErrSharing, ProblemFewPeople: ErrPeople,
	ProblemManyPeople: ErrPeople, ProblemTooEarly: ErrEarly, ProblemAgreement: ErrAgreement,
}

// barred is nil without problems; the first one says which error it is.
func barred(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	err, ok := barring[problems[0].Code]
	if !ok {
		err = ErrPlan
	}
	return &Barred{err, problems}
}
