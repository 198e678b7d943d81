package citizen

import "time"

// Own is what someone who came back may do beyond closing: it takes the sitting
// of the yes, or the PIN.
type Own struct {
	Consenting bool // the yes was given in this very sitting
	HasPIN     bool
	More       []string      // scopes that may still be allowed: coach, peers, training
	CoolingOff time.Duration // begins anew with a yes to more; told in whole hours, rounded up
	MayRemind  bool          // may leave an address for one reminder
	Telephone  bool          // or a telephone number
	Reminder   bool          // an address waits
	MayWish    bool          // may wish to look back
	Lookback   bool          // wishes it
	Longer     *Longer       // nil: nothing is asked
	SecondYes  string        // "": nothing is said; later, ask, given
	Form       string        // value of `keuze` of the form that was refused, "" for none
	Fault      string        // why: weak, differs, wrong, wait, tick, none (no box)
}

// FaultOf is why the form was refused, "" when it was not.
func (o Own) FaultOf(form string) string {
	if o.Form != form {
		return ""
	}
	return o.Fault
}

// Faulty tells whether a form was refused: the page says so at its top.
func (o Own) Faulty() bool { return o.Fault != "" }

// pinField is a field for six digits.
type pinField struct {
	Name  string // of the field; also its id, with Form
	Form  string
	Label string // new, again, present
	Fault string
}

// Longer asks whether the recording may be kept longer than was agreed.
type Longer struct {
	Until    time.Time // until when
	Answered bool      // they said yes; others have not answered
	Decides  bool      // false: somebody else does; they can still say no
	Screen   bool      // a screen that the klantmanager handed over: no PIN is asked
}

// Value is Until as the form carries it: a yes is to what was read.
func (l Longer) Value() string { return l.Until.UTC().Format(time.RFC3339Nano) }
