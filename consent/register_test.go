package consent_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/policies"
)

var (
	petra = consent.Decider{PersonID: policies.DemoID("petra"), Rule: "policy:test"}
	paul  = consent.Decider{PersonID: policies.DemoID("paul"), Rule: "policy:test"}
)

// given is a conversation in which everyone said yes, and the citizen's record.
func (r *room) given(t testing.TB, scopes ...consent.Scope) (consent.Conversation, uuid.UUID) {
	t.Helper()
	c := r.ask(t, consent.Citizen)
	must(t, r.Yes(ctx, c.Participants[0].ID, yes(scopes...)))
	return c, c.Participants[0].ID
}

// confirmed has petra propose and paul confirm.
func (r *room) confirmed(t testing.TB, n consent.NewProposal) {
	t.Helper()
	p, err := r.Propose(ctx, petra, n)
	must(t, err)
	outcome, err := r.ConfirmProposal(ctx, paul, p.ID)
	must(t, err)
	if !outcome.Confirmed {
		t.Fatal("not confirmed")
	}
}

func (r *room) register(t testing.TB, filter consent.RegisterFilter) []consent.RegisterRecord {
	t.Helper()
	var all []consent.RegisterRecord
	for cursor := ""; ; {
		page, next, err := r.RegisterPage(ctx, filter, cursor, 2)
		must(t, err)
		if all = append(all, page...); next == "" {
			return all
		}
		cursor = next
	}
}

func TestOnlyWhatEveryoneSaidYesToIsInTheRegister(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		waits := r.ask(t, consent.Citizen, consent.Partner)
		must(t, r.Yes(ctx, waits.Participants[0].ID, yes(consent.Coach)))
		refused := r.ask(t, consent.Citizen)
		must(t, r.Refuse(ctx, refused.Participants[0].ID))
		if got := r.register(t, consent.RegisterFilter{}); len(got) != 0 {
			t.Errorf("what waits or was refused is in the register: %+v", got)
		}
		given, record := r.given(t, consent.Coach)
		got := r.register(t, consent.RegisterFilter{Role: consent.Citizen})
		if len(got) != 1 || got[0].ID != record || got[0].ConversationID != given.ID || got[0].State != consent.Given ||
			got[0].TextVersion != "v1" || got[0].Method != "own_device" || got[0].Erasure != nil || !strings.HasPrefix(got[0].Klantmanager, "KM-") {
			t.Errorf("the register has %+v", got)
		}
		if all := r.register(t, consent.RegisterFilter{}); len(all) != 2 {
			t.Errorf("%d records, want the citizen's and the klantmanager's own", len(all))
		}
	})
}

func TestFiltersOfTheRegister(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, first := r.given(t)
		before := r.clock
		r.clock = r.clock.Add(48 * time.Hour)
		_, second := r.given(t)
		_, err := r.Withdraw(ctx, second)
		must(t, err)
		for name, test := range map[string]struct {
			filter consent.RegisterFilter
			want   []uuid.UUID
		}{
			"all, newest first": {consent.RegisterFilter{Role: consent.Citizen}, []uuid.UUID{second, first}},
			"state":             {consent.RegisterFilter{Role: consent.Citizen, State: consent.Withdrawn}, []uuid.UUID{second}},
			"method":            {consent.RegisterFilter{Role: consent.Citizen, Method: "paper"}, nil},
			"language":          {consent.RegisterFilter{Language: "nl"}, []uuid.UUID{second, first}},
			"from":              {consent.RegisterFilter{Role: consent.Citizen, From: before.Add(time.Second)}, []uuid.UUID{second}},
			"until":             {consent.RegisterFilter{Role: consent.Citizen, Until: before.Add(time.Second)}, []uuid.UUID{first}},
			"being erased":      {consent.RegisterFilter{Role: consent.Citizen, AwaitErasure: true}, []uuid.UUID{second}},
			"hidden":            {consent.RegisterFilter{Hidden: []uuid.UUID{r.owner}}, nil},
			"another hidden":    {consent.RegisterFilter{Role: consent.Citizen, Hidden: []uuid.UUID{r.other}}, []uuid.UUID{second, first}},
		} {
			var got []uuid.UUID
			for _, record := range r.register(t, test.filter) {
				got = append(got, record.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("%s: %v, want %v", name, got, test.want)
			}
		}
		_, _, err = r.RegisterPage(ctx, consent.RegisterFilter{}, "no cursor", 2)
		wants(t, err, consent.ErrInvalid)
	})
}

// A pseudonym says the same person within a month, and nothing across months.
func TestAPseudonymIsOfOnePersonAndOneMonth(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		// 30 November 23:30 UTC is December in the Netherlands.
		r.clock = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
		_, november := r.given(t)
		r.clock = time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
		_, december := r.given(t)
		_, alsoDecember := r.given(t)
		name := map[uuid.UUID]string{}
		for _, record := range r.register(t, consent.RegisterFilter{}) {
			name[record.ID] = record.Klantmanager
		}
		if name[december] != name[alsoDecember] || name[november] == name[december] {
			t.Errorf("november %s, december %s and %s", name[november], name[december], name[alsoDecember])
		}
		found := func(filter consent.RegisterFilter) int {
			filter.Role = consent.Citizen
			return len(r.register(t, filter))
		}
		if n := found(consent.RegisterFilter{Pseudonym: " " + strings.ToLower(name[december])}); n != 2 {
			t.Errorf("this month's pseudonym finds %d records, want 2", n)
		}
		if n := found(consent.RegisterFilter{Pseudonym: name[november]}); n != 0 {
			t.Errorf("last month's pseudonym finds %d records without a period", n)
		}
		lastMonth := consent.RegisterFilter{Pseudonym: name[november], From: r.clock.AddDate(0, 0, -10)}
		if n := found(lastMonth); n != 1 {
			t.Errorf("last month's pseudonym finds %d records in its period, want its own", n)
		}
		if n := found(consent.RegisterFilter{Pseudonym: "KM-000000"}); n != 0 {
			t.Errorf("nobody's pseudonym finds %d", n)
		}
		// Read a month later, a record still has the name it had.
		r.clock = r.clock.AddDate(0, 1, 0)
		for _, record := range r.register(t, consent.RegisterFilter{}) {
			if record.Klantmanager != name[record.ID] {
				t.Errorf("reading in another month joins %s and %s", name[record.ID], record.Klantmanager)
			}
		}
		r.Vault = otherKey{r.vault}
		for _, record := range r.register(t, consent.RegisterFilter{}) {
			if record.Klantmanager == name[record.ID] {
				t.Errorf("%s does not hang on the key outside the database", record.Klantmanager)
			}
		}
	})
}

type otherKey struct{ *vault }

func (otherKey) CodeKey(context.Context) ([]byte, error) { return []byte("another key"), nil }

func TestUnmaskingIsWrittenDownAndTold(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		_, err := r.Unmask(ctx, petra, record, "curiosity")
		wants(t, err, consent.ErrInvalid)
		_, err = r.Unmask(ctx, petra, uuid.New(), "complaint")
		wants(t, err, consent.ErrNotFound)
		owner, err := r.Unmask(ctx, petra, record, "complaint")
		must(t, err)
		if owner != r.owner {
			t.Errorf("answered %s, want the klantmanager", owner)
		}
		told, err := r.Unseen(ctx, r.owner)
		must(t, err)
		if len(told) != 1 || told[0].By != petra.PersonID || told[0].Reason != "complaint" || !told[0].At.Equal(r.clock) {
			t.Fatalf("the klantmanager is told %+v", told)
		}
		wants(t, r.Seen(ctx, r.other, told[0].ID), consent.ErrNotFound)
		must(t, r.Seen(ctx, r.owner, told[0].ID))
		must(t, r.Seen(ctx, r.owner, told[0].ID))
		if told, err = r.Unseen(ctx, r.owner); err != nil || len(told) != 0 {
			t.Errorf("after reading: %+v, %v", told, err)
		}
		line, err := r.RegisterTimeline(ctx, record)
		must(t, err)
		if len(line.Unmaskings) != 1 {
			t.Errorf("the time line shows %d unmaskings", len(line.Unmaskings))
		}
	})
}

func TestNoNameIsGivenThatIsNotWrittenDown(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		for _, table := range []string{"audit_entries", "register_unmaskings"} {
			must(t, r.db.Exec("ALTER TABLE "+table+" RENAME TO away").Error)
			owner, err := r.Unmask(ctx, petra, record, "complaint")
			if err == nil || owner != uuid.Nil {
				t.Errorf("without %s: %s, %v", table, owner, err)
			}
			must(t, r.db.Exec("ALTER TABLE away RENAME TO "+table).Error)
		}
		if n := r.count(t, "register_unmaskings"); n != 0 {
			t.Errorf("%d rows of a name that was not given", n)
		}
	})
}

func TestWhatTheRegisterKeepsIsAppendOnlyUntilItsTerm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.clock = time.Now().UTC()
		_, record := r.given(t)
		_, err := r.Unmask(ctx, petra, record, "incident")
		must(t, err)
		r.confirmed(t, consent.NewProposal{RecordID: record, Kind: "paused", How: "telephone"})
		for _, table := range []string{"register_unmaskings", "register_proposals", "register_decisions"} {
			for _, attack := range []string{"UPDATE " + table + " SET purge_after = at", "DELETE FROM " + table} {
				if r.db.Exec(attack).Error == nil {
					t.Errorf("the database did: %s", attack)
				}
			}
		}
		must(t, r.Sweep(ctx))
		if n := r.count(t, "register_unmaskings"); n != 1 {
			t.Errorf("the sweep took %d unmaskings before their term", 1-n)
		}
		// The same, long ago: the tables' own term is over.
		old := newRoom(t, r.db)
		old.clock = time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC)
		_, record = old.given(t)
		_, err = old.Unmask(ctx, petra, record, "incident")
		must(t, err)
		old.confirmed(t, consent.NewProposal{RecordID: record, Kind: "paused", How: "telephone"})
		must(t, old.Sweep(ctx))
		for _, table := range []string{"register_unmaskings", "register_proposals", "register_decisions"} {
			if n := r.count(t, table); n != 1 {
				t.Errorf("%d rows in %s, want only the one whose term runs", n, table)
			}
		}
	})
}

// A page reads along an index, however long the register is.
func TestAPageOfALongRegisterReadsAlongAnIndex(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		many(t, r, 20_000)
		for name, filter := range map[string]consent.RegisterFilter{
			"all": {}, "state": {State: consent.Paused}, "since": {From: r.clock.AddDate(0, -1, 0)},
		} {
			page, next, err := r.RegisterPage(ctx, filter, "", 50)
			must(t, err)
			if len(page) != 50 || next == "" {
				t.Fatalf("%s: a page of %d", name, len(page))
			}
		}
		explain := "EXPLAIN QUERY PLAN "
		if db.Name() == database.Postgres {
			explain = "EXPLAIN "
			must(t, db.Exec("ANALYZE consent_records").Error)
		}
		at := r.clock.AddDate(0, 0, -3)
		for _, where := range []string{"(given_at, id) < (?, ?)", "(given_at, id) < (?, ?) AND state = 'paused'"} {
			rows, err := db.Raw(explain+"SELECT * FROM consent_records WHERE "+where+" ORDER BY given_at DESC, id DESC LIMIT 51", at, uuid.Max).Rows()
			must(t, err)
			plan := planText(t, rows)
			if !strings.Contains(plan, "consent_records_") || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s reads more than its page:\n%s", where, plan)
			}
		}
	})
}

func planText(t *testing.T, rows interface {
	Next() bool
	Columns() ([]string, error)
	Scan(...any) error
	Close() error
	Err() error
}) string {
	t.Helper()
	defer func() { must(t, errors.Join(rows.Err(), rows.Close())) }()
	var plan strings.Builder
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		must(t, rows.Scan(cells...))
		fmt.Fprintln(&plan, *cells[len(cells)-1].(*any))
	}
	return plan.String()
}

// many writes n records, one a minute, every seventh paused.
func many(t *testing.T, r *room, n int) {
	t.Helper()
	columns := "INSERT INTO consent_records (id, conversation_id, role, state, scopes, version, method, text_version, text_hash, language, given_at, changed_at, purge_after, owner_id) VALUES "
	must(t, r.db.Transaction(func(tx *gorm.DB) error {
		for done := 0; done < n; {
			var values []string
			var args []any
			for range 500 {
				at := r.clock.Add(-time.Duration(done) * time.Minute)
				state := consent.Given
				if done%7 == 0 {
					state = consent.Paused
				}
				values = append(values, "(?, ?, 'citizen', ?, 'coach', 1, 'own_device', 'v1', 'abc', 'nl', ?, ?, ?, ?)")
				args = append(args, uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), state, at, at, at.AddDate(2, 0, 0), r.owner)
				done++
			}
			if err := tx.Exec(columns+strings.Join(values, ","), args...).Error; err != nil {
				return err
			}
		}
		return nil
	}))
}

// The term is a setting, and each row keeps the one it was written with.
func TestTheProofGoesAfterItsOwnTerm(t *testing.T) {
	const month, longest = 30 * 24 * time.Hour, 180 * 24 * time.Hour
	each(t, func(t *testing.T, r *room) {
		r.Proof = month
		_, record := r.given(t)
		_, err := r.Withdraw(ctx, record)
		must(t, err)
		_, err = r.Unmask(ctx, petra, record, "complaint")
		must(t, err)
		r.Proof = 10 * month
		for _, table := range []string{"consent_events", "register_unmaskings", "erasures"} {
			var ends []time.Time
			must(t, r.db.Table(table).Pluck("purge_after", &ends).Error)
			for _, end := range ends {
				if !end.Equal(r.clock.Add(longest + month)) {
					t.Errorf("%s is kept until %v, want the longest retention and a month", table, end)
				}
			}
		}
	})
}
