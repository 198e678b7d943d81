package audit

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
)

// dropTriggers is what an administrator of the database can do first.
func dropTriggers(t *testing.T, db *gorm.DB) {
	t.Helper()
	for _, trigger := range []string{"audit_entries_no_update", "audit_entries_no_delete"} {
		drop := "DROP TRIGGER " + trigger
		if db.Name() == "postgres" {
			drop += " ON audit_entries"
		}
		must(t, db.Exec(drop).Error)
	}
}

// Invariant 1.
func TestTheDatabaseRefusesToChangeOrDeleteEntries(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log := New(db, 0)
		must(t, log.Append(ctx, nil, look("r1", Refused)))
		for _, attack := range []string{"UPDATE audit_entries SET result = 'allowed'", "DELETE FROM audit_entries", "UPDATE audit_entries SET purge_after = at"} {
			if db.Exec(attack).Error == nil {
				t.Errorf("the database did: %s", attack)
			}
		}
		if report := verified(t, log); !report.OK() || report.Entries != 1 {
			t.Errorf("%+v", report)
		}
	})
}

// Invariant 3. Chains r1 and r2 have five entries each; r2 stays whole unless
// the attack is on it.
func TestVerifyNamesTheChainAndThePlace(t *testing.T) {
	tests := map[string]struct {
		attack []string
		chain  string
		seq    int64
	}{
		"a result is edited":          {[]string{"UPDATE audit_entries SET result = 'allowed' WHERE chain_id = 'r1' AND seq = 3"}, "r1", 3},
		"an actor is edited":          {[]string{"UPDATE audit_entries SET actor_id = 'sem' WHERE chain_id = 'r1' AND seq = 1"}, "r1", 1},
		"a moment is edited":          {[]string{"UPDATE audit_entries SET at = purge_after WHERE chain_id = 'r1' AND seq = 5"}, "r1", 5},
		"a position is edited":        {[]string{"UPDATE audit_entries SET to_ms = 1501 WHERE chain_id = 'r1' AND seq = 2"}, "r1", 2},
		"a position is taken away":    {[]string{"UPDATE audit_entries SET from_ms = NULL WHERE chain_id = 'r1' AND seq = 2"}, "r1", 2},
		"a term is shortened":         {[]string{"UPDATE audit_entries SET purge_after = at WHERE chain_id = 'r1' AND seq = 4"}, "r1", 4},
		"text moves between fields":   {[]string{"UPDATE audit_entries SET action = action || object_kind, object_kind = '' WHERE chain_id = 'r1' AND seq = 2"}, "r1", 2},
		"a middle entry is deleted":   {[]string{"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq = 3"}, "r1", 3},
		"the first entry is deleted":  {[]string{"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq = 1"}, "r1", 1},
		"the last entry is deleted":   {[]string{"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq = 5"}, "r1", 5},
		"all entries are deleted":     {[]string{"DELETE FROM audit_entries WHERE chain_id = 'r1'"}, "r1", 1},
		"the tail goes, the head too": {[]string{"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq = 5", "UPDATE audit_chains SET seq = 4 WHERE chain_id = 'r1'"}, "r1", 4},
		"a middle entry goes and the rest moves up": {[]string{
			"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq = 3",
			"UPDATE audit_entries SET seq = 3 WHERE chain_id = 'r1' AND seq = 4",
			"UPDATE audit_entries SET seq = 4 WHERE chain_id = 'r1' AND seq = 5",
			"UPDATE audit_chains SET seq = 4 WHERE chain_id = 'r1'",
		}, "r1", 3},
		"the first entry goes as if purged, which the head does not say": {[]string{
			"DELETE FROM audit_entries WHERE chain_id = 'r1' AND seq <= 2",
		}, "r1", 1},
		"more is called purged than was": {[]string{"UPDATE audit_chains SET purged_seq = 2 WHERE chain_id = 'r1'"}, "r1", 1},
		"two entries change places": {[]string{
			"UPDATE audit_entries SET seq = 99 WHERE chain_id = 'r1' AND seq = 2",
			"UPDATE audit_entries SET seq = 2 WHERE chain_id = 'r1' AND seq = 4",
			"UPDATE audit_entries SET seq = 4 WHERE chain_id = 'r1' AND seq = 99",
		}, "r1", 2},
		"an entry moves to another chain": {[]string{
			"UPDATE audit_entries SET chain_id = 'r2', seq = 6 WHERE chain_id = 'r1' AND seq = 5",
			"UPDATE audit_chains SET seq = 4 WHERE chain_id = 'r1'",
			"UPDATE audit_chains SET seq = 6 WHERE chain_id = 'r2'",
		}, "r2", 6},
		"two chains change names": {[]string{
			"UPDATE audit_entries SET chain_id = 'r9' WHERE chain_id = 'r1'", "UPDATE audit_chains SET chain_id = 'r9' WHERE chain_id = 'r1'",
			"UPDATE audit_entries SET chain_id = 'r1' WHERE chain_id = 'r2'", "UPDATE audit_chains SET chain_id = 'r1' WHERE chain_id = 'r2'",
			"UPDATE audit_entries SET chain_id = 'r2' WHERE chain_id = 'r9'", "UPDATE audit_chains SET chain_id = 'r2' WHERE chain_id = 'r9'",
		}, "r1", 1},
		"the head is deleted":   {[]string{"DELETE FROM audit_chains WHERE chain_id = 'r1'"}, "r1", 1},
		"the head is set back":  {[]string{"UPDATE audit_chains SET seq = 4 WHERE chain_id = 'r1'"}, "r1", 5},
		"the head is emptied":   {[]string{"UPDATE audit_chains SET hash = '' WHERE chain_id = 'r1'"}, "r1", 5},
		"an entry is forged on": {[]string{forge}, "r1", 6},
	}
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		dropTriggers(t, db)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				must(t, db.Exec("DELETE FROM audit_entries").Error)
				must(t, db.Exec("DELETE FROM audit_chains").Error)
				log := New(db, 0)
				for range 5 {
					must(t, log.Append(ctx, nil, look("r1", Refused)))
					must(t, log.Append(ctx, nil, look("r2", Started)))
				}
				if report := verified(t, log); !report.OK() {
					t.Fatalf("before: %+v", report)
				}
				for _, attack := range test.attack {
					done := db.Exec(attack)
					must(t, done.Error)
					if done.RowsAffected == 0 {
						t.Fatalf("touched nothing: %s", attack)
					}
				}
				report := verified(t, log)
				for _, broken := range report.Broken {
					if broken.ChainID == test.chain && broken.Seq == test.seq && broken.Reason != "" {
						return
					}
				}
				t.Errorf("found %v, want chain %s, entry %d", report.Broken, test.chain, test.seq)
			})
		}
	})
}

// forge copies the last entry behind itself.
const forge = `INSERT INTO audit_entries (id, chain_id, seq, at, actor_kind, actor_id, action, object_kind, object_id, purpose, rule, result, from_ms, to_ms, prev_hash, hash, purge_after)
	SELECT '019a0000-0000-7000-8000-000000000001', chain_id, 6, at, actor_kind, actor_id, action, object_kind, object_id, purpose, rule, result, from_ms, to_ms, hash, hash, purge_after
	FROM audit_entries WHERE chain_id = 'r1' AND seq = 5`

func TestABrokenChainDoesNotHideAnother(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		dropTriggers(t, db)
		log := New(db, time.Hour)
		for _, chain := range []string{"r1", "r2", "r3"} {
			must(t, log.Append(ctx, nil, look(chain, Refused)))
			must(t, log.Append(ctx, nil, look(chain, Refused)))
		}
		must(t, db.Exec("UPDATE audit_entries SET rule = 'x' WHERE chain_id <> 'r2'").Error)
		report := verified(t, log)
		if len(report.Broken) != 2 || report.Broken[0].ChainID != "r1" || report.Broken[1].ChainID != "r3" || report.Entries != 4 || report.OK() {
			t.Errorf("%+v", report)
		}
		if text := report.Broken[0].String(); text != "chain r1, entry 1: was changed" {
			t.Errorf("it reads %q", text)
		}
	})
}
