package protocol

// Text is a sentence in both languages of the staff screens.
type Text struct{ NL, EN string }

// Protocol is the steps that a session follows. It does not change once it is
// read.
type Protocol struct {
	ID      string // as in incidentmethode: 1 to 40 lower-case letters, digits, hyphens
	Version int    // from 1
	Name    Text
	About   Text // one or two sentences: what it is good for
	Minutes int  // of all steps together
	People  People
	Leader  Leader
	Cases   Cases
	Choose  string // id of the step in which a case is chosen; "" in a protocol without a choice
	Prepare Prepare
	Steps   []Step
}

// People is how many take part; a coach who leads is not counted.
type People struct{ Min, Max int }

// Fit is 0 where so many members, the leader among them, are right for it, below
// that where they are too few, and above where they are too many. Nobody has a
// session alone.
func (p People) Fit(members int, coachLeads bool) int {
	counted := members
	if coachLeads {
		counted--
	}
	switch {
	case members < 2 || counted < p.Min:
		return -1
	case counted > p.Max:
		return +1
	}
	return 0
}

// Leader is who can lead the session.
type Leader string

// The leaders.
const (
	CoachLeads Leader = "coach"
	PeerLeads  Leader = "peer"
	AnyLeads   Leader = "any"
)

// Cases is of how many owners fragments are brought in.
type Cases string

// One is one owner, with one fragment or more.
const (
	OneCase      Cases = "one"
	SeveralCases Cases = "several"
)

// Prepare is what is asked before the session begins. Each looks alone then, at
// what is open in the session; nobody leads the film.
type Prepare struct {
	Asks    Asks
	May     Kinds
	Blind   bool
	Refused Text
}

// Step is one step of a protocol.
type Step struct {
	ID       string
	Name     Text
	Minutes  int // a guide; a clock only shows when the session has it on
	Asks     Asks
	Film     Film
	Leads    FilmLeader
	May      Kinds // Posts is how to ask
	Blind    bool
	Gate     Gate
	Reveal   bool // beginning this step shows what was posted blind before it
	Rehearse bool
	Refused  Text // shown where something cannot be posted now
}

// Asks is one sentence for each role.
type Asks struct{ Owner, Participant, Leader Text }

// Kinds is what each role can post.
type Kinds struct{ Owner, Participant, Leader []Kind }

// Film is which fragments can be on in a step.
type Film string

// Own is each owner's own, by themselves; the others see none of it then.
const (
	FilmNone   Film = "none"
	FilmOwn    Film = "own"
	FilmAll    Film = "all"
	FilmChosen Film = "chosen"
)

// FilmLeader is who starts and stops the film for everyone.
type FilmLeader string

// The owner is the one whose fragment is on.
const (
	LeaderLeads FilmLeader = "leader"
	OwnerLeads  FilmLeader = "owner"
	NobodyLeads FilmLeader = "" // while preparing
)

// Gate is when the leader can go on from a step.
type Gate string

// The gates.
const (
	GateReady  Gate = "ready"  // everyone present is ready
	GateLeader Gate = "leader" // the leader says so
)

// Kind is a kind of contribution.
type Kind string

// The kinds.
const (
	Observation   Kind = "observation"
	Question      Kind = "question"
	Answer        Kind = "answer"
	Analysis      Kind = "analysis"
	Advice        Kind = "advice"
	Strength      Kind = "strength"
	Feeling       Kind = "feeling"
	Alternative   Kind = "alternative"
	Tried         Kind = "tried"          // what came of the last next step
	InsightShared Kind = "insight_shared" // what an owner takes along and chooses to tell
	Line          Kind = "line"           // one line without further meaning
)

var kinds = []Kind{
	Observation, Question, Answer, Analysis, Advice, Strength, Feeling, Alternative, Tried, InsightShared, Line,
}
