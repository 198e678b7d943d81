package policies

import (
	"slices"
	"strings"
)

// Kind is the kind of object that an action is done to.
type Kind string

// The kinds there are.
const (
	Conversation   Kind = "conversation"
	Recording      Kind = "recording"
	Annotation     Kind = "annotation"
	PeopleList     Kind = "people"
	Self           Kind = "self"
	Events         Kind = "events"
	Administration Kind = "administration"
	Register       Kind = "register"
	Participation  Kind = "participation"
	Fragment       Kind = "fragment"
	LookBack       Kind = "look_back"
	Captions       Kind = "captions"
	NextStep       Kind = "next_step"
	LearningList   Kind = "learning_list"
	Session        Kind = "session"
	Signal         Kind = "signal"
)

// Action is what someone wants to do, written "kind:verb".
type Action string

// The actions there are.
const (
	ConversationCreate   Action = "conversation:create"
	ConversationRead     Action = "conversation:read"
	ConversationHandover Action = "conversation:handover" // "overhandigd": links and codes are shown no more
	ConversationCancel   Action = "conversation:cancel"
	ConversationAsk      Action = "conversation:ask" // someone more, what was said or written, "Klopt het nog?"
	RecordingCreate      Action = "recording:create" // upload, begin to end
	RecordingRead        Action = "recording:read"   // its metadata; no picture, sound or text
	RecordingWatch       Action = "recording:watch"  // video, poster, waveform
	RecordingErase       Action = "recording:erase"
	RecordingViews       Action = "recording:views" // who looked
	RecordingKeep        Action = "recording:keep"  // "Nog nodig?": yes; never longer than its term
	AnnotationCreate     Action = "annotation:create"
	AnnotationRead       Action = "annotation:read"
	AnnotationUpdate     Action = "annotation:update"
	AnnotationDelete     Action = "annotation:delete"
	AnnotationExport     Action = "annotation:export"  // what one may read of a recording, in a file
	FragmentChoose       Action = "fragment:choose"    // intervals for later: all there is to do with them while alone
	LookBackKeep         Action = "look_back:keep"     // where someone was, what stayed with them: only for themselves
	CaptionsReplace      Action = "captions:replace"   // import or take away; to read them is to watch
	NextStepKeep         Action = "next_step:keep"     // "voornemens": one's own, kept apart from every recording
	LearningListRead     Action = "learning_list:read" // moment list, code list, observation forms: of nobody
	LearningListPublish  Action = "learning_list:publish"
	RecordingBring       Action = "recording:bring" // a fragment of it into a session, and back out
	SessionCreate        Action = "session:create"
	SessionRead          Action = "session:read"      // its plan and its people; film and texts about it are recording:watch
	SessionTakePart      Action = "session:take_part" // agree, be ready, write
	SessionPlan          Action = "session:plan"
	SessionLead          Action = "session:lead"
	SignalName           Action = "signal:name" // who keeps the list of signals
	SignalKeep           Action = "signal:keep"
	PeopleRead           Action = "people:list"
	SelfRead             Action = "self:read"
	AdministrationRead   Action = "administration:read"  // texts, organisation, settings, health: nothing of people
	ParticipationAnswer  Action = "participation:answer" // of a colleague in the room, for themselves
	ParticipationProof   Action = "participation:proof"  // the receipts of one's own record
	EventsListen         Action = "events:listen"
	RegisterRead         Action = "register:read"   // records, events and proof of consent; no content
	RegisterUnmask       Action = "register:unmask" // who stands behind a pseudonym
	RegisterClose        Action = "register:close"  // pause, withdraw and invalidate on someone's behalf, by two people
)

// Actions returns every action, in a fixed order.
func Actions() []Action {
	return []Action{
		ConversationCreate, ConversationRead, ConversationHandover, ConversationCancel, ConversationAsk,
		RecordingCreate, RecordingRead, RecordingWatch, RecordingErase, RecordingViews, RecordingKeep,
		AnnotationCreate, AnnotationRead, AnnotationUpdate, AnnotationDelete, AnnotationExport,
		FragmentChoose, LookBackKeep, CaptionsReplace, NextStepKeep, LearningListRead, LearningListPublish,
		RecordingBring, SessionCreate, SessionRead, SessionTakePart, SessionPlan, SessionLead, SignalName, SignalKeep,
		PeopleRead, SelfRead, ParticipationAnswer, ParticipationProof, EventsListen, AdministrationRead,
		RegisterRead, RegisterUnmask, RegisterClose,
	}
}

func (a Action) split() (Kind, string) {
	kind, verb, _ := strings.Cut(string(a), ":")
	return Kind(kind), verb
}

// Kind returns the kind of object the action is done to.
func (a Action) Kind() Kind {
	kind, _ := a.split()
	return kind
}

// Purposed reports whether the action is asked with a purpose, because it
// shows or makes content of a recording. All others are asked with NoPurpose.
func (a Action) Purposed() bool {
	return a == RecordingWatch || slices.Contains([]Kind{Annotation, Fragment, LookBack, Captions}, a.Kind())
}

func (a Action) known() bool { return slices.Contains(Actions(), a) }

// Purpose is why someone looks.
type Purpose string

// The purposes there are. The last two exist to be refused: the consulting
// room is a safe haven (Van kijken naar zien, rule 2).
const (
	NoPurpose             Purpose = ""
	SelfReflection        Purpose = "self_reflection"
	Coaching              Purpose = "coaching"
	PeerReview            Purpose = "peer_review"
	Training              Purpose = "training"
	JointLookback         Purpose = "joint_lookback"
	CitizenLookback       Purpose = "citizen_lookback"
	PerformanceEvaluation Purpose = "performance_evaluation"
	Evidence              Purpose = "evidence"
)

// Purposes returns every purpose, NoPurpose first.
func Purposes() []Purpose {
	return []Purpose{
		NoPurpose, SelfReflection, Coaching, PeerReview, Training,
		JointLookback, CitizenLookback, PerformanceEvaluation, Evidence,
	}
}

func (p Purpose) known() bool { return slices.Contains(Purposes(), p) }

// written is how policy.csv and matrix.csv spell the purpose.
func (p Purpose) written() string {
	if p == NoPurpose {
		return "-"
	}
	return string(p)
}
