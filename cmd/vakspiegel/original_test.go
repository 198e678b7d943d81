package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A recording from a file first stood elsewhere. Its klantmanager has one task,
// and the participant reads whether it was done, also when all else is erased.
func TestTheFileThatARecordingCameFromIsATaskUntilItIsErasedThere(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, sem := s.as("noor"), s.as("sem")
		c, citizen := s.given(noor)
		tasks := func(b *browser) (ids []string) {
			list := decodeAs[struct {
				Items []struct{ RecordingID, ConversationID string }
			}](t, b.want(200, b.get("/api/v1/originals")))
			for _, item := range list.Items {
				ids = append(ids, item.RecordingID)
			}
			return ids
		}
		if got := tasks(noor); len(got) != 0 {
			t.Fatalf("tasks before there is a film: %v", got)
		}
		first, second := noor.upload(c.ID, sampleFilm), noor.upload(c.ID, sampleFilm)
		if got := tasks(noor); len(got) != 2 || got[0] != first || len(tasks(sem)) != 0 {
			t.Errorf("noor is to erase %v, sem %v", got, tasks(sem))
		}
		const where, ask, gone = "De opname kwam uit een bestand.", "Vraag Noor of het daar ook weg is.", "Noor zei dat het daar gewist is: "
		page := func(says string, not ...string) {
			t.Helper()
			body := string(citizen.want(200, citizen.get("/toestemming")).body)
			if !strings.Contains(body, where) || !strings.Contains(body, says) {
				t.Errorf("the page does not say %q", says)
			}
			for _, unsaid := range not {
				if strings.Contains(body, unsaid) {
					t.Errorf("the page says %q", unsaid)
				}
			}
		}
		done := func(b *browser, id string) answer {
			return b.json("POST", "/api/v1/recordings/"+id+"/original", map[string]bool{"erased": true})
		}
		page(ask, gone)
		sem.wantCode(404, "not_found", done(sem, first))
		noor.wantCode(404, "not_found", done(noor, c.ID))
		noor.wantCode(400, "invalid", noor.json("POST", "/api/v1/recordings/"+first+"/original", map[string]bool{"erased": false}))
		noor.want(204, done(noor, first))
		page(ask, gone) // one of two
		citizen.want(http.StatusSeeOther, citizen.choose(c.Participants[0].ID, "wis", url.Values{"bevestig": {"ja"}}))
		citizen.until("everything is erased", func() bool {
			return strings.Contains(string(citizen.get("/toestemming").body), "Alles is gewist en nagekeken.")
		})
		page(ask, gone)
		if got := tasks(noor); len(got) != 1 || got[0] != second {
			t.Errorf("after the erasure noor is to erase %v", got)
		}
		noor.want(204, done(noor, second))
		page(gone, ask)
		if got := tasks(noor); len(got) != 0 {
			t.Errorf("done, and still to do: %v", got)
		}
		var was, is time.Time
		must(t, s.db.Raw("SELECT erased_at FROM originals WHERE recording_id = ?", second).Row().Scan(&was))
		noor.want(204, done(noor, second)) // a second press changes nothing
		must(t, s.db.Raw("SELECT erased_at FROM originals WHERE recording_id = ?", second).Row().Scan(&is))
		if !was.Equal(is) {
			t.Errorf("said %v, and later %v", was, is)
		}
		for _, change := range []string{
			"UPDATE originals SET erased_at = NULL", "UPDATE originals SET owner_id = owner_id, purge_after = added_at", "DELETE FROM originals",
		} {
			if err := s.db.Exec(change).Error; err == nil {
				t.Errorf("%q is not refused", change)
			}
		}
	})
}
