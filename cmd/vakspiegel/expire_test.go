package main

import (
	"context"
	"net/http"
	"testing"
	"time"
)

// TestOnlyAConversationWithoutARecordingEndsByItself joins consent's term with
// what media says is there.
func TestOnlyAConversationWithoutARecordingEndsByItself(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		ctx := context.Background()
		s := start(t, p)
		noor := s.as("noor")
		full, empty := noor.ask("citizen"), noor.ask("citizen")
		s.sayYes(full.Participants[0].ConsentURL)
		s.sayYes(empty.Participants[0].ConsentURL)
		id := noor.upload(full.ID, sampleFilm)
		long := time.Now().UTC().Add(-100 * 24 * time.Hour)
		must(t, s.db.Table("conversations").Where("1 = 1").
			Updates(map[string]any{"held_at": long, "created_at": long, "consent_since": long}).Error)
		must(t, s.consent.Sweep(ctx))
		noor.want(http.StatusOK, noor.get("/api/v1/recordings/"+id))
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+empty.ID))
		noor.until("what was agreed to without a film is erased", func() bool {
			var left int64
			must(t, s.db.Table("conversations").Count(&left).Error)
			return left == 1
		})
	})
}
