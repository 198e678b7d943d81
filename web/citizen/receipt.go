package citizen

import (
	"html/template"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ReceiptPage is one receipt: what counted from one event on, to print.
type ReceiptPage struct {
	Kind       string // which sentence tells the event: given, narrowed, paused, …
	Own        bool   // of who held the conversation
	Paused     bool   // nobody looks
	Lookback   bool   // wishes to look back
	At         time.Time
	Ended      bool      // nothing is allowed any more
	Scopes     []string  // allowed beside the yes itself
	Days       int       // how long a recording is kept; 0: not said
	KeptUntil  time.Time // until when everyone agreed to keep it; zero: Days counts
	Text       string    // version of the text that was read
	Read       string    // its language, in the language itself; "" when it is not known any more
	Basis      string    // consent or public_task; "": not said
	Controller Controller
	Numbers    Numbers
	CodeAt     string        // where the code is typed, without scheme
	Nr         int           // which of the receipts, from 1
	All        []ReceiptLink // all of them, newest first
	Statement  bool          // there is a statement of erasure too
	Places     Places
}

// Places is where someone's documents are, and the page they belong to. The
// signed file is where the page is, with ".json" behind it.
type Places struct {
	Back, Receipt, Statement string
	SignedIn                 bool // who reads it signs in, and has no link or code to stop with
}

// LinkPlaces are those of someone with a link.
func LinkPlaces() Places {
	return Places{Back: PathConsent, Receipt: PathReceipt, Statement: PathStatement}
}

// OwnPlaces are those of the own record of someone who signs in.
func OwnPlaces(record string) Places {
	at := PathOwn + "/" + record
	return Places{Back: PathOwn, Receipt: at + "/verklaring", Statement: at + "/wisverklaring", SignedIn: true}
}

// Controller is who was responsible, as it was shown then. Only Name is always
// there.
type Controller struct {
	Name      string
	Address   []string
	Telephone string
}

// Numbers is what a document is known by, on paper and on a screen.
type Numbers struct {
	Document, Record string // ids
	Digest           string // lower-case hex
	QR               string // SVG of the address that checks it; "": it may still change
}

// Grouped is the digest in groups that can be compared by eye.
func (n Numbers) Grouped() string {
	var groups []string
	for digest := n.Digest; digest != ""; {
		size := min(8, len(digest))
		groups, digest = append(groups, digest[:size]), digest[size:]
	}
	return strings.Join(groups, " ")
}

// ReceiptLink leads to one of the receipts.
type ReceiptLink struct {
	Nr   int
	Kind string
	At   time.Time
}

// StatementPage is the statement of erasure.
type StatementPage struct {
	HadRecording               bool
	ClosedAt                   time.Time
	StoppedAt, KeyAt, ErasedAt *time.Time // nil: not yet
	FromFile                   bool
	Holders                    int // in how many places the key was destroyed; 0: not said
	ProofUntil                 time.Time
	LogDays                    int
	PolicyHash                 string
	Controller                 string
	Numbers                    Numbers
	Places                     Places
}

// Done tells whether everything is erased and looked after.
func (s StatementPage) Done() bool { return s.ErasedAt != nil }

// CheckPage is where a printed document is checked.
type CheckPage struct {
	Asked bool // a document was named
	Same  bool // it is ours, and unchanged
	Keys  string
	Query url.Values // of the address, to keep it in another language
}

// Receipt renders one receipt.
func (p *Pages) Receipt(w io.Writer, lang string, page ReceiptPage) error {
	return p.renderIn(w, "receipt", lang, frame{LanguageBase: page.Places.Receipt, Query: query(url.Values{FieldNumber: {strconv.Itoa(page.Nr)}}), Page: page})
}

// Statement renders the statement of erasure, also before it is final.
func (p *Pages) Statement(w io.Writer, lang string, page StatementPage) error {
	return p.render(w, "statement", lang, page.Places.Statement, page)
}

// Check renders how a document is checked, and what came of it.
func (p *Pages) Check(w io.Writer, lang string, page CheckPage) error {
	return p.renderIn(w, "check", lang, frame{LanguageBase: PathCheck, Query: query(page.Query), Page: page})
}

// query is trusted as part of an address: url.Values escapes whatever is in it.
func query(values url.Values) template.URL {
	if len(values) == 0 {
		return ""
	}
	return template.URL(values.Encode() + "&")
}
