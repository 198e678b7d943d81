package citizen

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"vakspiegel/consent/texts"
)

// shown is one page in one state, as tests and screenshots use it.
type shown struct {
	name   string
	render func(p *Pages, w *bytes.Buffer, lang string) error
}

var (
	heldAt  = time.Date(2026, 11, 3, 9, 15, 0, 0, time.UTC)
	stopped = heldAt.Add(30 * time.Hour)
	keyGone = stopped.Add(40 * time.Second)
	erased  = stopped.Add(3 * time.Minute)
)

// qr is an image as large as the QR code of a long link is.
var qr = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 53 53"><path d="` + strings.Repeat("M12 34h3v1h-3z", 560) + `"/></svg>`

func conversation(role string) Conversation {
	return Conversation{Ref: "0198c0de-0000-7000-8000-000000000001", Role: role, Klantmanager: "Noor Jansen", HeldAt: heldAt}
}

func consentPage(role string) ConsentPage {
	return ConsentPage{Conversation: conversation(role), Scopes: []string{"coach", "peers"},
		Retention: 60 * 24 * time.Hour, CoolingOff: 72 * time.Hour}
}

func minePage() MinePage {
	return MinePage{Conversation: conversation("citizen"), Scopes: []string{"coach", "peers"}, HasRecording: true,
		ExpiresAt: heldAt.AddDate(0, 0, 60), SharingOpensAt: heldAt.Add(72 * time.Hour), Now: heldAt.Add(time.Hour)}
}

func erasingPage(stages int) ErasingPage {
	page := ErasingPage{Conversation: conversation("citizen"), HadRecording: true, FromFile: true, ProofUntil: erased.AddDate(1, 0, 0)}
	moments := []*time.Time{&stopped, &keyGone, &erased}
	for i, field := range []**time.Time{&page.StoppedAt, &page.KeyDestroyedAt, &page.ErasedAt} {
		if i < stages {
			*field = moments[i]
		}
	}
	return page
}

var numbers = Numbers{
	Document: "0198c0de-0000-7000-8000-000000000009", Record: "0198c0de-0000-7000-8000-000000000001",
	Digest: strings.Repeat("9f86d081", 8), QR: qr,
}

func receiptPage(kind string) ReceiptPage {
	return ReceiptPage{
		Kind: kind, At: heldAt, Ended: kind == "withdrawn" || kind == "revoked" || kind == "expired" || kind == "invalidated",
		Scopes: []string{"coach", "peers", "training"}, Days: 60, Text: "v1", Read: "Nederlands", Basis: "consent", Numbers: numbers,
		Controller: Controller{Name: "College van burgemeester en wethouders van Voorbeeld", Address: []string{"Voorbeeldplein 1", "0000 AA Voorbeeld"}, Telephone: "14 000"},
		CodeAt:     "vakspiegel.gemeente-voorbeeld.nl/code", Nr: 2, Statement: true, Places: LinkPlaces(),
		All: []ReceiptLink{{2, kind, heldAt}, {1, "given", heldAt}},
	}
}

func statementPage(stages int) StatementPage {
	page := StatementPage{
		HadRecording: true, FromFile: true, ClosedAt: heldAt, Holders: 2, ProofUntil: erased.AddDate(1, 0, 0), LogDays: 545,
		PolicyHash: numbers.Digest, Controller: "College van burgemeester en wethouders van Voorbeeld", Numbers: numbers, Places: LinkPlaces(),
	}
	moments := []*time.Time{&stopped, &keyGone, &erased}
	for i, field := range []**time.Time{&page.StoppedAt, &page.KeyAt, &page.ErasedAt} {
		if i < stages {
			*field = moments[i]
		}
	}
	return page
}

// everyPage holds every page in every state that looks different.
func everyPage() []shown {
	var all []shown
	add := func(name string, render func(p *Pages, w *bytes.Buffer, lang string) error) {
		all = append(all, shown{name, render})
	}
	consent := func(name string, page ConsentPage) {
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Consent(w, lang, page) })
	}
	for _, role := range []string{"citizen", "partner", "representative", "interpreter", "companion", "colleague"} {
		consent("consent-"+role, consentPage(role))
	}
	noChoice, bare := consentPage("citizen"), consentPage("citizen")
	noChoice.NoChoice = true
	bare.Scopes, bare.CoolingOff, bare.HeldAt = nil, 0, time.Time{}
	consent("consent-no-choice", noChoice)
	consent("consent-bare", bare)
	shown := consentPage("citizen")
	shown.Photo = true
	consent("consent-photo", shown)
	notTicked := consentPage("citizen")
	notTicked.NotTicked = true
	consent("consent-not-ticked", notTicked)
	changed := consentPage("citizen")
	changed.Changed = true
	consent("consent-changed", changed)
	full := consentPage("citizen")
	full.Scopes = append(full.Scopes, "training")
	consent("consent-training", full)

	answered := AnsweredPage{Conversation: conversation("citizen"), Scopes: []string{"coach"}, Waiting: true,
		Code: "1234 5678 9012", CodeAddress: "vakspiegel.gemeente-voorbeeld.nl/code", QR: qr}
	answered.Own = Own{Consenting: true, MayWish: true, MayRemind: true}
	everyone := answered
	everyone.Own.HasPIN, everyone.Own.Lookback, everyone.Own.Reminder = true, true, true
	everyone.Waiting, everyone.Scopes = false, []string{"coach", "peers", "training"}
	handed := everyone
	handed.Code, handed.QR = "", ""
	for name, page := range map[string]AnsweredPage{"answered-waiting": answered, "answered-everyone": everyone, "answered-handed": handed} {
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Answered(w, lang, page) })
	}

	late, represented := consentPage("partner"), consentPage("citizen")
	late.Late, represented.Represented = true, true
	consent("consent-late", late)
	consent("consent-represented", represented)
	letter := LetterPage{ConsentPage: consentPage("citizen"), Link: "https://vakspiegel.gemeente-voorbeeld.nl/c/" + strings.Repeat("x", 43),
		Code: "1234 5678 9012", CodeAddress: "vakspiegel.gemeente-voorbeeld.nl/code", QR: qr, Path: "/brief/x/y", Now: heldAt.AddDate(0, 0, -5)}
	add("letter", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Letter(w, lang, letter) })

	card := CardPage{Conversation: conversation("citizen"), Code: answered.Code, CodeAddress: answered.CodeAddress, QR: qr, Path: PathCard}
	neutral := card
	neutral.Neutral = true
	for name, page := range map[string]CardPage{"card": card, "card-neutral": neutral} {
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Card(w, lang, page) })
	}

	mine := map[string]func(*MinePage){
		"mine": func(*MinePage) {},
		"mine-looked": func(m *MinePage) {
			m.Looked, m.Now, m.CanKeep = 2, erased.AddDate(0, 0, 9), true
			for _, purpose := range []string{"coaching", "peer_review", "training", "joint_lookback"} {
				m.Looks = append(m.Looks, Look{stopped, purpose})
			}
		},
		"mine-none":          func(m *MinePage) { m.HasRecording, m.Scopes = false, nil },
		"mine-waiting":       func(m *MinePage) { m.HasRecording, m.Waiting, m.Scopes = false, true, []string{"coach"} },
		"mine-not-confirmed": func(m *MinePage) { m.NotTicked = ChoiceErase },
		"mine-no-recording-not-confirmed": func(m *MinePage) {
			m.HasRecording, m.NotTicked = false, ChoiceErase
		},
		"mine-pause-not-ticked":  func(m *MinePage) { m.CanPause, m.NotTicked = true, ChoicePause },
		"mine-resume-not-ticked": func(m *MinePage) { m.CanPause, m.Paused, m.NotTicked = true, true, ChoiceResume },
		"mine-changed":           func(m *MinePage) { m.Changed, m.Scopes = true, []string{"training"} },
		"mine-paused-by-others":  func(m *MinePage) { m.CanPause, m.OthersPause = true, true },
		"mine-file":              func(m *MinePage) { m.FromFile = true },
		"mine-file-gone":         func(m *MinePage) { m.FromFile, m.FileGoneAt = true, stopped },
		"mine-pausable":          func(m *MinePage) { m.CanPause = true },
		"mine-paused":            func(m *MinePage) { m.CanPause, m.Paused, m.PausedUntil = true, true, heldAt.AddDate(0, 0, 14) },
	}
	own := Own{HasPIN: true, More: []string{"peers", "training"}, CoolingOff: 72 * time.Hour, MayWish: true}
	for name, change := range map[string]func(*Own){
		"own":              func(*Own) {},
		"own-nopin":        func(o *Own) { o.HasPIN, o.SecondYes = false, "ask" },
		"own-sitting":      func(o *Own) { o.HasPIN, o.Consenting, o.SecondYes = false, true, "later" },
		"own-wished":       func(o *Own) { o.Lookback, o.SecondYes = true, "given" },
		"own-ask":          func(o *Own) { o.More, o.SecondYes = nil, "ask" },
		"own-wrong":        func(o *Own) { o.Form, o.Fault = ChoiceYes, "wrong" },
		"own-none":         func(o *Own) { o.Form, o.Fault = ChoiceYes, "none" },
		"own-telephone":    func(o *Own) { o.MayRemind, o.Telephone, o.Form, o.Fault = true, true, ChoiceRemind, "address" },
		"own-address":      func(o *Own) { o.MayRemind, o.Form, o.Fault = true, ChoiceRemind, "address" },
		"own-tick":         func(o *Own) { o.Form, o.Fault = ChoiceWish, "tick" },
		"own-wait":         func(o *Own) { o.Form, o.Fault = ChoicePIN, "wait" },
		"own-longer":       func(o *Own) { o.Longer = &Longer{Until: erased, Decides: true} },
		"own-longer-nopin": func(o *Own) { o.HasPIN, o.Longer = false, &Longer{Until: erased, Decides: true} },
		"own-longer-wrong": func(o *Own) { o.Longer, o.Form, o.Fault = &Longer{Until: erased, Decides: true}, ChoiceLonger, "wrong" },
		"own-longer-screen": func(o *Own) {
			o.Longer, o.Form, o.Fault = &Longer{Until: erased, Decides: true, Screen: true}, ChoiceLonger, "tick"
		},
		"own-longer-said": func(o *Own) {
			o.Longer, o.Form, o.Fault = &Longer{Until: erased, Decides: true, Answered: true}, ChoiceNotLonger, "tick"
		},
		"own-longer-represented": func(o *Own) { o.Longer = &Longer{Until: erased} },
		"own-weak":               func(o *Own) { o.HasPIN, o.Consenting, o.Form, o.Fault = false, true, ChoicePIN, "weak" },
	} {
		changed := own
		change(&changed)
		mine["mine-"+name] = func(m *MinePage) { m.Scopes, m.Own = []string{"coach"}, changed }
	}
	for name, change := range mine {
		page := minePage()
		change(&page)
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Mine(w, lang, page) })
	}

	for name, stages := range map[string]int{"erasing-0": 0, "erasing-1": 1, "erasing-2": 2, "erasing-3": 3} {
		page := erasingPage(stages)
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Erasing(w, lang, page) })
	}
	gone := erasingPage(3)
	gone.FileGoneAt = stopped
	add("erasing-file-gone", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Erasing(w, lang, gone) })
	nothing := erasingPage(1)
	nothing.HadRecording = false
	add("erasing-nothing", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Erasing(w, lang, nothing) })

	add("returned", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Returned(w, lang) })
	for name, render := range map[string]func(p *Pages, w *bytes.Buffer, lang string) error{
		"shared-consent":  func(p *Pages, w *bytes.Buffer, lang string) error { return p.Consent(w, lang, consentPage("citizen")) },
		"answered-shared": func(p *Pages, w *bytes.Buffer, lang string) error { return p.Answered(w, lang, answered) },
		"refused-shared":  func(p *Pages, w *bytes.Buffer, lang string) error { return p.Refused(w, lang) },
	} {
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return render(p.OnSharedScreen(), w, lang) })
	}
	for _, kind := range []string{"given", "narrowed", "widened", "paused", "resumed", "confirmed", "extended", "withdrawn", "revoked", "expired", "invalidated", "givenfor", "pausedfor", "resumedfor", "lookback", "nolookback"} {
		page := receiptPage(kind)
		add("receipt-"+kind, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Receipt(w, lang, page) })
	}
	staff := receiptPage("given")
	staff.Own, staff.Places, staff.Text, staff.Read = true, OwnPlaces("0194f0e0-1111-7abc-8def-000000000001"), "", ""
	add("receipt-own", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Receipt(w, lang, staff) })
	add("receipt-bare", func(p *Pages, w *bytes.Buffer, lang string) error {
		return p.Receipt(w, lang, ReceiptPage{Kind: "given", At: heldAt, Text: "v1", Controller: Controller{Name: "Gemeente Voorbeeld"}, Numbers: numbers, CodeAt: "vakspiegel.nl/code", Nr: 1, Places: LinkPlaces()})
	})
	for name, stages := range map[string]int{"statement-0": 0, "statement-2": 2, "statement-3": 3} {
		page := statementPage(stages)
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Statement(w, lang, page) })
	}
	for name, page := range map[string]CheckPage{"check": {}, "check-same": {Asked: true, Same: true}, "check-other": {Asked: true, Query: url.Values{"v": {"a&b"}}}} {
		page.Keys = "https://vakspiegel.gemeente-voorbeeld.nl/.well-known/vakspiegel-keys.json"
		add(name, func(p *Pages, w *bytes.Buffer, lang string) error { return p.Check(w, lang, page) })
	}

	add("refused", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Refused(w, lang) })
	add("ended", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Ended(w, lang) })
	add("code", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Code(w, lang, CodePage{}) })
	add("code-wrong", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Code(w, lang, CodePage{Wrong: true}) })
	add("unknown", func(p *Pages, w *bytes.Buffer, lang string) error { return p.UnknownLink(w, lang) })
	add("lost", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Lost(w, lang) })
	add("other", func(p *Pages, w *bytes.Buffer, lang string) error { return p.OtherLink(w, lang) })
	add("blocked", func(p *Pages, w *bytes.Buffer, lang string) error {
		return p.Blocked(w, lang, BlockedPage{conversation("citizen")})
	})
	add("unavailable", func(p *Pages, w *bytes.Buffer, lang string) error { return p.Unavailable(w, lang) })
	add("toomany", func(p *Pages, w *bytes.Buffer, lang string) error { return p.TooMany(w, lang) })
	for _, name := range texts.Articles {
		add("article-"+name, func(p *Pages, w *bytes.Buffer, lang string) error {
			return p.Article(w, lang, ArticlePage{Name: name, Back: true, Retention: 60 * 24 * time.Hour, Proof: 545 * 24 * time.Hour})
		})
	}
	return all
}

func newPages(t *testing.T) *Pages {
	t.Helper()
	catalogue, err := texts.Load(texts.Demo())
	if err != nil {
		t.Fatal(err)
	}
	pages, err := New(catalogue, "Gemeente Voorbeeld")
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
