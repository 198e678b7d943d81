package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent/texts"
	"vakspiegel/media/blob"
)

type ownRecord struct {
	ID, Role string
	Erased   bool
}

func (b *browser) ownRecords() []ownRecord {
	b.t.Helper()
	return decodeAs[struct{ Items []ownRecord }](b.t, b.want(200, b.get("/api/v1/me/records"))).Items
}

// ownReceipts are the kinds, newest first, and whether there is a statement.
func (b *browser) ownReceipts(id string) (kinds string, statement bool) {
	b.t.Helper()
	list := decodeAs[struct {
		Items     []struct{ Kind string }
		Statement bool
	}](b.t, b.want(200, b.get("/api/v1/participations/"+id+"/receipts")))
	var all []string
	for _, item := range list.Items {
		all = append(all, item.Kind)
	}
	return strings.Join(all, " "), list.Statement
}

// Klantmanager and colleague have a record like everyone: they read their own
// receipts behind their sign-in, also when all else is erased, and nobody else's.
func TestWhoSignsInHasTheirOwnReceiptsAndNobodyElses(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, func(settings *Settings) { settings.Texts = texts.Demo() })
		noor, daan, sem := s.as("noor"), s.as("daan"), s.as("sem")
		c := noor.ask("citizen")
		if records := noor.ownRecords(); len(records) != 0 {
			t.Fatalf("before everyone answered there is %+v", records)
		}
		found, err := s.people.ByLogin(t.Context(), "daan")
		must(t, err)
		colleague := noor.add(c.ID, map[string]any{"role": "colleague", "personId": found.ID}).Participants[1].ID
		daan.wantCode(404, "not_found", daan.get("/api/v1/participations/"+colleague+"/receipts"))
		citizen := s.sayYes(c.Participants[0].ConsentURL, "coach")
		path := "/api/v1/participations/" + colleague
		daan.want(204, daan.json("POST", path, map[string]any{"choice": "yes", "language": "nl", "textVersion": "v1", "scopes": []string{"coach"}}))
		own := decodeAs[struct{ OwnRecordID string }](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))).OwnRecordID
		daan.want(204, daan.json("POST", path, map[string]any{"choice": "narrow", "scopes": []string{}}))
		if kinds, statement := daan.ownReceipts(colleague); kinds != "narrowed given" || statement {
			t.Errorf("the colleague has %q, statement %t", kinds, statement)
		}
		folder := s.browser().saved()
		check := func(b *browser, id, role string) {
			t.Helper()
			if records := b.ownRecords(); len(records) != 1 || records[0].ID != id || records[0].Role != role {
				t.Fatalf("%s finds %+v", role, records)
			}
			page := string(b.want(200, b.get("/verklaringen/"+id+"/verklaring?taal=nl&nr=1")).body)
			v, _ := b.download(folder, "/verklaringen/"+id+"/verklaring.json?nr=1")
			if v.Receipt == nil || v.Receipt.Record.Identifier.String() != id || v.Receipt.Record.DataSubject.Role != role ||
				strings.ReplaceAll(printedDigest.FindString(page), " ", "") != v.Digest {
				t.Errorf("%s: %+v", role, v.Receipt)
			}
			if strings.Contains(page, "/toestemming") || strings.Contains(page, "Noor") || !strings.Contains(page, "Log in bij Vakspiegel.") {
				t.Errorf("the page of %s leads to a link's, names somebody or does not say how to stop:\n%s", role, page)
			}
			for _, nr := range []string{"0", "9", "x"} {
				b.wantCode(404, "not_found", b.get("/verklaringen/"+id+"/verklaring?nr="+nr))
			}
			s.wantChecked(t, "v="+v.Receipt.Identifier.String()+"&k="+v.Digest[:32])
		}
		check(noor, own, "klantmanager")
		check(daan, colleague, "colleague")
		noor.wantCode(404, "not_found", noor.get("/verklaringen/"+own+"/wisverklaring"))
		s.nobodyElses(noor, own, daan, colleague, sem, c.Participants[0].ID)

		ref, _ := citizen.visit(c.Participants[0].ConsentURL)
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "wis", map[string][]string{"bevestig": {"ja"}}))
		for _, b := range []*browser{noor, daan} {
			id := map[*browser]string{noor: own, daan: colleague}[b]
			b.until("everything is erased", func() bool {
				return strings.Contains(string(b.want(200, b.get("/verklaringen/"+id+"/wisverklaring?taal=nl")).body), "Alles is gewist en nagekeken.")
			})
			if v, _ := b.download(folder, "/verklaringen/"+id+"/wisverklaring.json"); v.Statement == nil {
				t.Error("no statement in the file")
			}
			if _, statement := b.ownReceipts(id); !statement || !b.ownRecords()[0].Erased {
				t.Error("after the erasure the list names no statement")
			}
		}
		check(noor, own, "klantmanager")
		check(daan, colleague, "colleague")
		s.nobodyElses(noor, own, daan, colleague, sem, c.Participants[0].ID)

		owner, err := s.people.ByLogin(t.Context(), "noor")
		must(t, err)
		_, err = s.people.RecordEvaluator(t.Context(), found.ID, owner.ID, time.Now(), nil)
		must(t, err)
		if records := daan.ownRecords(); len(records) != 0 {
			t.Errorf("who evaluates the klantmanager by now still finds %+v", records)
		}
		daan.wantCode(404, "not_found", daan.get("/api/v1/participations/"+colleague+"/receipts"))
		daan.wantCode(404, "not_found", daan.get("/verklaringen/"+colleague+"/verklaring"))
	})
}

// nobodyElses asks for everything of everyone else's: each answer is that of an
// id that is nobody's.
func (s *system) nobodyElses(noor *browser, own string, daan *browser, colleague string, sem *browser, citizen string) {
	s.t.Helper()
	const nobodys = "0194f0e0-1111-7abc-8def-000000000001"
	for b, ids := range map[*browser][]string{noor: {colleague, citizen}, daan: {own, citizen}, sem: {own, colleague, citizen}} {
		for _, path := range []string{"/api/v1/participations/ID/receipts", "/verklaringen/ID/verklaring", "/verklaringen/ID/verklaring.json?nr=1", "/verklaringen/ID/wisverklaring", "/verklaringen/ID/wisverklaring.json"} {
			none := b.get(strings.Replace(path, "ID", nobodys, 1))
			for _, id := range ids {
				a := b.get(strings.Replace(path, "ID", id, 1))
				b.wantCode(404, "not_found", a)
				if len(a.body) != len(none.body) {
					s.t.Errorf("%s answers otherwise than for nobody's: %s", path, a.body)
				}
				s.browser().wantCode(401, "unauthorized", s.browser().get(strings.Replace(path, "ID", id, 1)))
			}
		}
	}
	if records := sem.ownRecords(); len(records) != 0 {
		s.t.Errorf("somebody who was not there has %+v", records)
	}
}

// A film that the klantmanager erased before was still filmed: the page and the
// statement of a later withdrawal say so.
func TestAFilmThatWasErasedByItselfBeforeTheWithdrawalCounts(t *testing.T) {
	t.Parallel()
	s := start(t, pair{"sqlite", databasetest.Migrated(t, database.SQLite), "dir:" + filepath.Join(t.TempDir(), "store"), blob.S3Credentials{}})
	for name, erasedBefore := range map[string]bool{"filmed and erased": true, "never filmed": false} {
		noor := s.as("noor")
		c := noor.ask("citizen")
		link := c.Participants[0].ConsentURL
		citizen := s.sayYes(link)
		if erasedBefore {
			id := noor.upload(c.ID, sampleFilm)                      // one film, erased before
			noor.want(201, noor.createUpload(c.ID, len(sampleFilm))) // without it, the end of the only film ends the conversation
			noor.want(202, noor.send("DELETE", "/api/v1/recordings/"+id, nil, nil))
			noor.until("the film is gone", func() bool {
				var done int64
				must(t, s.db.Table("erasures").Where("recording_id = ? AND erased_at IS NOT NULL", id).Count(&done).Error)
				return done == 1
			})
		}
		ref, _ := citizen.visit(link)
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "wis", map[string][]string{"bevestig": {"ja"}}))
		citizen.until("everything is erased", func() bool {
			return strings.Contains(string(citizen.want(200, citizen.get("/toestemming/wisverklaring?taal=nl")).body), "Alles is gewist en nagekeken.")
		})
		page := string(citizen.want(200, citizen.get("/toestemming?taal=nl")).body)
		if said := strings.Contains(page, "Er was nog geen opname"); said == erasedBefore {
			t.Errorf("%s: \"Er was nog geen opname\" is said: %t", name, said)
		}
		statement := string(citizen.want(200, citizen.get("/toestemming/wisverklaring?taal=nl")).body)
		if said := strings.Contains(statement, "De film, met beeld en geluid."); said != erasedBefore {
			t.Errorf("%s: the statement says that a film was erased: %t", name, said)
		}
	}
}
