package consent_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/consent/receipt"
)

var responsible = receipt.Controller{Name: "College van B en W van Voorbeeld"}

const site = "https://vakspiegel.example"

// signed makes the receipt as of the last event, and verifies it with what is
// published.
func (r *room) signed(t fataler, h consent.History) receipt.Verified {
	key, err := r.ReceiptKey(ctx)
	if err != nil {
		t.Fatalf("key: %v", err)
	}
	defer key.Wipe()
	text, err := key.Sign(receipt.NewReceipt(h.Facts(responsible, site)))
	if err != nil {
		t.Fatalf("sign: %v", err)
	}
	published, err := r.PublicKeys(ctx)
	if err != nil {
		t.Fatalf("keys: %v", err)
	}
	v, err := receipt.Verify(text, receipt.NewKeys(published...))
	if err != nil {
		t.Fatalf("verify: %v: %s", err, text)
	}
	return v
}

type fataler interface{ Fatalf(string, ...any) }

// A receipt of every event in every history verifies, and says what counted.
func TestEveryEventOfEveryHistoryHasAReceipt(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		rapid.Check(t, func(t *rapid.T) {
			c, err := r.Open(ctx, consent.NewConversation{OwnerID: r.owner, HeldAt: r.clock, Others: others(consent.Citizen)})
			expect(t, err)
			id := c.Participants[0].ID
			expect(t, r.Yes(ctx, id, yes(consent.AllScopes()...)))
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				r.clock = r.clock.Add(time.Minute)
				switch rapid.IntRange(0, 3).Draw(t, "what") {
				case 0:
					_, err = r.Narrow(ctx, id, consent.Scopes{rapid.SampledFrom(consent.AllScopes()).Draw(t, "keep")})
				case 1:
					_, err = r.Pause(ctx, id)
				case 2:
					err = r.Resume(ctx, id)
				case 3:
					_, err = r.Withdraw(ctx, id)
				}
				is(t, err, nil, consent.ErrClosed)
			}
			h, err := r.History(ctx, id)
			expect(t, err)
			for i := range h.Events {
				part, err := r.HistoryOfEvent(ctx, h.Events[i].ID)
				expect(t, err)
				if len(part.Events) != i+1 {
					t.Fatalf("event %d has a history of %d", i, len(part.Events))
				}
				v := r.signed(t, part)
				last := v.Receipt.Record.Status[i]
				if v.Receipt.Identifier != h.Events[i].ID || last.Kind != h.Events[i].Kind || len(last.Purposes) != 1+len(h.Events[i].Scopes) {
					t.Fatalf("event %d (%s) became %+v", i, h.Events[i].Kind, last)
				}
			}
		})
	})
}

// The proof says what was shown then, not what is shown now; and when every
// holder was lost, what was signed before still verifies.
func TestAReceiptSaysWhatWasShownThen(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		r.OrganisationFile, r.LegalBasis, r.Retention = []byte("name: eerst"), "consent", 60*24*time.Hour
		must(t, r.Announce(ctx))
		c := r.ask(t, consent.Citizen)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes(consent.Coach)))
		h, err := r.History(ctx, c.Participants[0].ID)
		must(t, err)
		before := r.signed(t, h)

		r.OrganisationFile, r.LegalBasis, r.Retention = []byte("name: later"), "public_task", 30*24*time.Hour
		r.vault.receipt = 7 // another key
		must(t, r.Announce(ctx))
		r.clock = r.clock.Add(48 * time.Hour)
		must(t, r.Sweep(ctx))
		_, err = r.Pause(ctx, c.Participants[0].ID)
		must(t, err)
		h, err = r.History(ctx, c.Participants[0].ID)
		must(t, err)
		for i, e := range h.Events {
			file, err := r.OrganisationShown(ctx, e.OrganisationHash)
			must(t, err)
			if string(file) != "name: eerst" || e.LegalBasis != "consent" || e.RetentionDays != 60 {
				t.Errorf("event %d: %q, %s, %d", i, file, e.LegalBasis, e.RetentionDays)
			}
		}
		part, err := r.HistoryOfEvent(ctx, h.Events[0].ID)
		must(t, err)
		after := r.signed(t, part)
		if before.KeyID == after.KeyID || before.Digest != after.Digest {
			t.Errorf("key %s then, %s now; digest %s then, %s now", before.KeyID, after.KeyID, before.Digest, after.Digest)
		}
		keys, err := r.PublicKeys(ctx)
		must(t, err)
		if len(keys) != 2 || keys[0].ID() != after.KeyID {
			t.Errorf("%d keys are published", len(keys))
		}
	})
}

func TestAnOrganisationFileGoesWhenNoProofNamesIt(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		r.OrganisationFile = []byte("never agreed to")
		must(t, r.Announce(ctx))
		r.OrganisationFile = []byte("shown now")
		r.clock = r.clock.Add(time.Hour)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "organisation_files"); n != 2 {
			t.Fatalf("%d files after an hour, want both", n)
		}
		r.clock = r.clock.Add(48 * time.Hour)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "organisation_files"); n != 1 {
			t.Errorf("%d files are left", n)
		}
	})
}

func TestNoPublishedKeyIsChangedOrTakenBack(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		must(t, r.Announce(ctx))
		must(t, r.Announce(ctx))
		for _, statement := range []string{"DELETE FROM receipt_keys", "UPDATE receipt_keys SET kid = 'x'"} {
			if err := db.Exec(statement).Error; err == nil {
				t.Errorf("%s passes", statement)
			}
		}
		if n := r.count(t, "receipt_keys"); n != 1 {
			t.Errorf("%d keys", n)
		}
	})
}

func TestAReceiptCanBeMadeAfterEverythingWasErased(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		r := newRoom(t, db)
		r.KeyHolders, r.PolicyHash = 2, "policy"
		c := r.ask(t, consent.Citizen, consent.Partner)
		for _, p := range c.Participants {
			must(t, r.Yes(ctx, p.ID, yes()))
		}
		if _, err := r.ErasureOf(ctx, c.Participants[0].ID); !errors.Is(err, consent.ErrNotFound) {
			t.Errorf("before a closing: %v", err)
		}
		_, err := r.Withdraw(ctx, c.Participants[0].ID)
		must(t, err)
		owed, err := r.Owed(ctx, 1, time.Minute)
		must(t, err)
		must(t, r.KeyDestroyed(ctx, []uuid.UUID{owed[0].ID}))
		must(t, r.Finish(ctx, owed[0].ID, 3, 1000, nothing))
		for i, kinds := range [][]string{{"given", "withdrawn"}, {"given"}} {
			h, err := r.History(ctx, c.Participants[i].ID)
			must(t, err)
			v := r.signed(t, h)
			var got []string
			for _, status := range v.Receipt.Record.Status {
				got = append(got, status.Kind)
			}
			if !slices.Equal(got, kinds) {
				t.Errorf("participant %d: %v, want %v", i, got, kinds)
			}
			erasure, err := r.ErasureOf(ctx, c.Participants[i].ID)
			must(t, err)
			if erasure.KeyHolders != 2 || erasure.PolicyHash != "policy" || erasure.ErasedAt == nil {
				t.Errorf("the proof of erasing says %+v", erasure)
			}
		}
		if _, err := r.History(ctx, uuid.New()); !errors.Is(err, consent.ErrNotFound) {
			t.Errorf("of nobody: %v", err)
		}
		if _, err := r.HistoryOfEvent(ctx, uuid.New()); !errors.Is(err, consent.ErrNotFound) {
			t.Errorf("of no event: %v", err)
		}
	})
}

// Nothing that identifies a person, and nothing secret, can reach a receipt.
func TestAReceiptHoldsNoSecretAndNoName(t *testing.T) {
	r := newRoom(t, databasetest.New(t, "sqlite"))
	c := r.ask(t, consent.Citizen)
	p := c.Participants[0]
	must(t, r.Yes(ctx, p.ID, yes(consent.Coach)))
	h, err := r.History(ctx, p.ID)
	must(t, err)
	v := r.signed(t, h)
	text, err := json.Marshal(v.Receipt)
	must(t, err)
	for _, secret := range []string{p.Token, p.Code, c.Label, "Noor", r.owner.String(), c.ID.String()} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("%q stands in it", secret)
		}
	}
	if v.Receipt.Record.DataSubject.ID != "urn:uuid:"+p.ID.String() {
		t.Errorf("the person is %s", v.Receipt.Record.DataSubject.ID)
	}
}
