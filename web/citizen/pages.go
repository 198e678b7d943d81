package citizen

import "time"

// Conversation is what every page about a record says of the conversation. The
// citizen knows it by moment and person; it has no other name.
type Conversation struct {
	Ref          string    // reference of the consent record
	Role         string    // role of the participant: citizen, partner, representative, interpreter, companion, colleague
	Klantmanager string    // name to show
	HeldAt       time.Time // when the conversation is or was
}

// ConsentPage asks for consent (Pages.Consent).
type ConsentPage struct {
	Conversation
	Scopes     []string      // boxes to offer, in order: coach, peers, training
	Retention  time.Duration // told in whole days, rounded up
	CoolingOff time.Duration // told in whole hours, rounded up; 0: nothing is said
	Photo      bool          // the klantmanager shows one (PathPhoto)
	NoChoice   bool          // the form came without a valid `keuze`
	NotTicked  bool          // the form came without its tick; status 400
	Changed    bool          // the text is another than the one that was read; status 409
	Chosen     []string      // boxes that were ticked in a form that comes back
	// Late: they are asked after the others had said yes; there may be a film.
	Late bool
	// Represented: somebody else decides; they themselves can only stop it.
	Represented bool
}

// LetterPage is the letter to print and post: the text that asks, how to answer
// at home, and boxes to tick for whom paper suits better.
type LetterPage struct {
	ConsentPage
	Link        string // the own link, to type
	Code        string // as in AnsweredPage
	CodeAddress string
	QR          string
	Path        string // its own address, for the languages
	Now         time.Time
}

// AnsweredPage follows a yes: what was agreed to, and what to keep. Without Code
// the card is left out: who has been handed it over has it.
type AnsweredPage struct {
	Conversation
	Scopes      []string // given beside filming and the klantmanager's own looking
	Waiting     bool     // others have not answered yet
	Code        string   // as it is printed: "1234 5678 9012"
	CodeAddress string   // where it is typed, without scheme: "vakspiegel.gemeente.nl/code"
	Own         Own
	QR          string // the link as an SVG; in the page itself, so that it takes no request of its own
}

// CardPage is the card of A6 to hand over: QR, code, where to type it, whom to
// call. The neutral one says nothing of a municipality or a film.
type CardPage struct {
	Conversation
	Code        string
	CodeAddress string
	QR          string // as in AnsweredPage
	Neutral     bool
	Path        string // its own address, for the languages and the other card
}

// MinePage shows and narrows what was given.
type MinePage struct {
	Conversation
	Scopes         []string  // those given now
	Waiting        bool      // others have not answered yet
	HasRecording   bool      // one exists, whatever its state
	ExpiresAt      time.Time // zero: not known yet, nothing is said
	SharingOpensAt time.Time // zero or past Now: nothing is said
	Now            time.Time
	Looked         int    // colleagues other than the klantmanager who looked
	Looks          []Look // the last of them, newest first
	FromFile       bool   // it first stood elsewhere, as in ErasingPage
	FileGoneAt     time.Time
	OthersPause    bool      // someone else paused; nothing says who
	CanPause       bool      // show the pause (issue 3)
	Paused         bool      // show the way back
	PausedUntil    time.Time // when a pause ends in erasure; zero: not said
	Represented    bool      // somebody else said yes for them
	CanKeep        bool      // code and QR may still be shown (PathKept)
	Changed        bool      // a change was just made
	NotTicked      string    // the `keuze` that came without its tick (`bevestig=ja`); status 400
	Own            Own
}

// Look is one time that a colleague looked: when and for what, never who.
type Look struct {
	At      time.Time
	Purpose string // of policies: coaching, peer_review, training, joint_lookback
}

// ErasingPage follows a withdrawal: three stages, each nil until it is done.
type ErasingPage struct {
	Conversation
	HadRecording   bool       // false: only StoppedAt is shown
	StoppedAt      *time.Time // confirmed in force everywhere (trust.md P1)
	KeyDestroyedAt *time.Time // in every key holder
	ErasedAt       *time.Time // erased and verified
	FromFile       bool       // origin `file`: it first stood elsewhere
	FileGoneAt     time.Time  // when the klantmanager said to have erased it there; zero: not yet
	ProofUntil     time.Time  // when the proof goes; zero: not said
}

// Done tells whether all stages are done. Until then the handler sends the header
// `Refresh: 2`: the same as the element, which automatic accessibility checks
// refuse.
func (e ErasingPage) Done() bool {
	if !e.HadRecording {
		return e.StoppedAt != nil
	}
	return e.StoppedAt != nil && e.KeyDestroyedAt != nil && e.ErasedAt != nil
}

// CodePage is where the short code is typed.
type CodePage struct {
	Wrong bool // one answer for malformed, unknown and used
}

// BlockedPage (202) says that a withdrawal is written but not confirmed in force
// everywhere. The handler sends `Refresh: 2`.
type BlockedPage struct{ Conversation }

// ArticlePage is a page of running text: limits, privacy, accessibility.
type ArticlePage struct {
	Name string // one of texts.Articles
	Back bool   // the browser holds a link's cookie: offer the way back
	// Retention is how long a film is kept, Proof how long the last of the proof
	// outlives its erasing; both are told in whole days, rounded up.
	Retention, Proof time.Duration
}
