package consent_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
)

// person is what a small model knows of someone in the room.
type person struct {
	id     uuid.UUID
	said   bool // yes
	record bool // together with everyone else's
	asked  time.Time
	allows consent.Scopes
	paused bool
	since  time.Time // of the pause
	behalf bool      // two people of the register paused it
}

// model is a conversation as a careful reader of domain.md would keep it.
type model struct {
	id     uuid.UUID
	people []*person
	given  bool // everyone said yes once; who is added now comes in later
	gone   bool // a no: nothing is left
	closed bool // withdrawn or over

	question *question // whether it may be kept longer; nil: nothing is asked
	extended int       // how often everyone said yes to that
}

// playable says, without a database, whether somebody may look now, and who else.
func (m *model) playable() (bool, consent.Scopes) {
	allowed := consent.AllScopes()
	for _, p := range m.people {
		if !p.record || p.paused {
			return false, nil
		}
		allowed = allowed.Intersect(p.allows)
	}
	return !m.gone && !m.closed, allowed
}

func (m *model) everyoneSaidYes() bool {
	return !slices.ContainsFunc(m.people, func(p *person) bool { return !p.said })
}

// TestNothingIsEverPlayableThatNotEveryoneAllows walks random histories of
// several conversations beside the model (invariants 1, 3, 4, 6).
func TestNothingIsEverPlayableThatNotEveryoneAllows(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			r := newRoom(t, databasetest.New(t, dialect))
			rapid.Check(t, func(t *rapid.T) {
				h := &history{room: r}
				t.Repeat(map[string]func(*rapid.T){
					"ask": h.ask, "add a person": h.add, "say yes": h.yes, "refuse": h.refuse, "narrow": h.narrow, "pause": h.pause,
					"lift": h.lift, "withdraw": h.withdraw, "expire": h.expire, "done": h.done, "on behalf": h.onBehalf, "replay": h.replay, "time": h.time,
					"ask longer": h.askLonger, "longer, yes": h.longerYes, "longer, no": h.longerNo, "": h.compare,
				})
			})
		})
	}
}

type history struct {
	*room
	conversations []*model
}

func (h *history) ask(t *rapid.T) {
	if len(h.conversations) == 3 {
		return
	}
	roles := rapid.SliceOfN(rapid.SampledFrom([]consent.Role{consent.Citizen, consent.Partner, consent.Interpreter}), 1, 3).Draw(t, "roles")
	c, err := h.Open(ctx, consent.NewConversation{OwnerID: h.owner, HeldAt: h.clock, Others: others(roles...)})
	expect(t, err)
	m := &model{id: c.ID}
	for _, p := range c.Participants {
		m.people = append(m.people, &person{id: p.ID, asked: h.clock})
	}
	h.conversations = append(h.conversations, m)
}

func (h *history) add(t *rapid.T) {
	if len(h.conversations) == 0 {
		return
	}
	m := rapid.SampledFrom(h.conversations).Draw(t, "conversation")
	id, _, err := h.Add(ctx, h.owner, m.id, consent.NewParticipant{Role: consent.Companion})
	if m.gone || m.closed {
		is(t, err, consent.ErrNotFound)
		return
	}
	if errors.Is(err, consent.ErrInvalid) && len(m.people) >= consent.MaxParticipants {
		return
	}
	expect(t, err)
	m.people = append(m.people, &person{id: id, asked: h.clock})
}

// answered says yes for one; with the last of them all have a record.
func (m *model) answered(p *person, allows consent.Scopes) {
	p.said, p.allows = true, allows
	if !m.everyoneSaidYes() {
		return
	}
	m.given = true
	for _, p := range m.people {
		p.record = true
	}
}

// ends closes for good; of who had no record yet, nothing is left.
func (m *model) ends() {
	if !m.given {
		m.gone = true
	}
	m.closed = m.given
}

// someone draws a person; false when nobody has been asked yet.
func (h *history) someone(t *rapid.T) (*model, *person, bool) {
	if len(h.conversations) == 0 {
		return nil, nil, false
	}
	m := rapid.SampledFrom(h.conversations).Draw(t, "conversation")
	return m, rapid.SampledFrom(m.people).Draw(t, "person"), true
}

var anyScopes = rapid.Custom(func(t *rapid.T) consent.Scopes {
	return consent.ParseScopes(rapid.SliceOf(rapid.SampledFrom(consent.AllScopes().Names())).Draw(t, "names"))
})

func (h *history) yes(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	wanted := anyScopes.Draw(t, "scopes")
	err := h.Yes(ctx, p.id, yes(wanted...))
	switch {
	case m.gone:
		is(t, err, consent.ErrUnknownLink)
	case m.closed || p.said:
		is(t, err, consent.ErrAnswered, consent.ErrUnknownLink)
	default:
		expect(t, err)
		m.answered(p, wanted)
	}
}

func (h *history) refuse(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	err := h.Refuse(ctx, p.id)
	switch {
	case m.gone:
		is(t, err, consent.ErrUnknownLink)
	case m.closed, p.record:
		is(t, err, consent.ErrAnswered, consent.ErrUnknownLink)
	default:
		expect(t, err)
		m.ends()
	}
}

func (h *history) narrow(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	keep := anyScopes.Draw(t, "keep")
	_, err := h.Narrow(ctx, p.id, keep)
	if m.gone || m.closed || !p.said {
		is(t, err, consent.ErrUnknownLink, consent.ErrClosed)
		return
	}
	expect(t, err)
	p.allows = p.allows.Intersect(keep)
}

func (h *history) pause(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	_, err := h.Pause(ctx, p.id)
	if m.gone || m.closed || !p.record {
		is(t, err, consent.ErrUnknownLink, consent.ErrClosed)
		return
	}
	expect(t, err)
	if !p.paused {
		p.paused, p.since, p.behalf = true, h.clock, false
	}
}

func (h *history) lift(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	err := h.Resume(ctx, p.id)
	if m.gone || m.closed || !p.record {
		is(t, err, consent.ErrUnknownLink, consent.ErrClosed)
		return
	}
	expect(t, err)
	p.paused = false
}

func (h *history) withdraw(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	outcome, err := h.Withdraw(ctx, p.id)
	switch {
	case m.gone, m.closed && !p.record:
		is(t, err, consent.ErrUnknownLink)
	case !p.record:
		expect(t, err)
		if !outcome.Vanished {
			t.Fatal("a withdrawal before the last yes did not vanish")
		}
		m.ends()
	default:
		expect(t, err)
		m.closed = true
	}
}

// expire is the end of the last recording's term, and done its klantmanager's.
func (h *history) expire(t *rapid.T) { h.end(t, h.Expire) }
func (h *history) done(t *rapid.T)   { h.end(t, h.Done) }

func (h *history) end(t *rapid.T, end func(context.Context, *gorm.DB, uuid.UUID) (consent.Erasure, error)) {
	m, _, ok := h.someone(t)
	if !ok {
		return
	}
	err := h.db.Transaction(func(tx *gorm.DB) error {
		_, err := end(ctx, tx, m.id)
		return err
	})
	switch {
	case m.gone:
		is(t, err, consent.ErrNotFound)
	case !m.given:
		is(t, err, consent.ErrMissing)
	default:
		expect(t, err)
		m.closed = true
	}
}

// onBehalf has one person of the register propose something and another, or the
// same one, confirm it.
func (h *history) onBehalf(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	n := rapid.SampledFrom([]consent.NewProposal{
		{Kind: "paused", How: "telephone"}, {Kind: "resumed", How: "telephone"}, {Kind: "revoked", How: "desk"}, {Kind: "invalidated", Reason: "not_free"},
	}).Draw(t, "proposal")
	n.RecordID = p.id
	proposal, err := h.Propose(ctx, petra, n)
	open := !m.gone && !m.closed && p.record
	switch {
	case !open:
		is(t, err, consent.ErrNotFound, consent.ErrNotPossible)
		return
	case n.Kind == "paused" && p.paused, n.Kind == "resumed" && (!p.paused || !p.behalf):
		is(t, err, consent.ErrNotPossible)
		return
	}
	expect(t, err)
	if rapid.Bool().Draw(t, "the same person") {
		_, err = h.ConfirmProposal(ctx, petra, proposal.ID)
		is(t, err, consent.ErrSamePerson)
		expect(t, h.TakeBackProposal(ctx, petra, proposal.ID))
		return
	}
	_, err = h.ConfirmProposal(ctx, paul, proposal.ID)
	expect(t, err)
	switch n.Kind {
	case "paused":
		p.paused, p.since, p.behalf = true, h.clock, true
	case "resumed":
		p.paused = false
	default:
		m.closed = true
	}
}

// replay is what every start and a timer do: the ledger closes nothing that the
// database knows, also not a pause that was lifted since.
func (h *history) replay(t *rapid.T) {
	for _, closing := range h.ledger.all() {
		expect(t, h.CloseFromLedger(ctx, closing))
	}
}

// time lets some days go by, and what is over end. Whose clock is wrong, and by
// how much, makes no difference.
func (h *history) time(t *rapid.T) {
	h.clock = h.clock.Add(time.Duration(rapid.IntRange(1, 16).Draw(t, "days")) * 24 * time.Hour)
	h.skew = time.Duration(rapid.IntRange(-400, 400).Draw(t, "skew")) * 24 * time.Hour
	expect(t, h.Sweep(ctx))
	for _, m := range h.conversations {
		for _, p := range m.people {
			late := m.given && !p.said && h.clock.Sub(p.asked) >= consent.LateLimit
			if late || p.paused && h.clock.Sub(p.since) >= consent.PauseLimit {
				m.closed = true
			}
		}
	}
}

// compare holds the room against the model: facts, the only gate, and traces.
func (h *history) compare(t *rapid.T) {
	var unowned int64
	expect(t, h.db.Table("consent_records").Where("owner_id IS NULL").Count(&unowned).Error)
	if unowned != 0 {
		t.Fatalf("%d records of nobody: the register cannot hide them from who evaluates their klantmanager", unowned)
	}
	for _, m := range h.conversations {
		facts, err := h.Facts(ctx, h.db, []uuid.UUID{m.id})
		expect(t, err)
		playable, allowed := m.playable()
		if f := facts[m.id]; f.Closed == playable || playable && f.Scopes.String() != allowed.String() {
			t.Fatalf("facts %+v; the model says playable %v, scopes %v", f, playable, allowed)
		}
		err = h.db.Transaction(func(tx *gorm.DB) error {
			_, err := h.Require(ctx, tx, m.id, h.clock.Add(time.Second))
			return err
		})
		if (err == nil) != playable {
			t.Fatalf("Require says %v; the model says playable %v", err, playable)
		}
		h.compareLonger(t, m)
		if m.closed {
			h.nothingOfWhoHadNoRecord(t, m)
		}
		if !m.gone {
			continue
		}
		for _, table := range []string{"conversations", "consent_records", "consent_events", "consent_requests", "audit_entries"} {
			column := "conversation_id"
			switch table {
			case "conversations":
				column = "id"
			case "audit_entries":
				column = "chain_id"
			}
			var n int64
			expect(t, h.db.Table(table).Where(column+" = ?", m.id.String()).Count(&n).Error)
			if n != 0 {
				t.Fatalf("%d rows of a refused conversation in %s", n, table)
			}
		}
	}
}

// nothingOfWhoHadNoRecord: someone who came in later and did not come to a yes
// with everyone is nowhere any more.
func (h *history) nothingOfWhoHadNoRecord(t *rapid.T, m *model) {
	for _, p := range m.people {
		if p.record {
			continue
		}
		for table, column := range map[string]string{
			"participants": "id", "consent_requests": "participant_id", "consent_records": "id",
			"consent_events": "record_id", "audit_entries": "actor_id",
		} {
			var n int64
			expect(t, h.db.Table(table).Where(column+" = ?", p.id.String()).Count(&n).Error)
			if n != 0 {
				t.Fatalf("%d rows of who never allowed anything in %s", n, table)
			}
		}
	}
}

func expect(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *rapid.T, err error, wanted ...error) {
	t.Helper()
	if !slices.ContainsFunc(wanted, func(want error) bool { return errors.Is(err, want) }) {
		t.Fatalf("got %v, want one of %v", err, wanted)
	}
}
