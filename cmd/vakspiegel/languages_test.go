package main

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob"
)

// Letter, yes, card, code, narrowing and erasing in each language: the browser's
// wish is the first guess, every next page stays in the language of the form, and
// the record keeps version, hash and language of what was read.
func TestTheWholeWayInEveryLanguage(t *testing.T) {
	t.Parallel()
	p := pair{"sqlite", databasetest.Migrated(t, database.SQLite), "dir:" + filepath.Join(t.TempDir(), "store"), blob.S3Credentials{}}
	s := start(t, p)
	noor := s.as("noor")
	for _, l := range s.api.Texts.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			made := noor.ask("citizen")
			citizen := s.browser()
			citizen.t = t
			page := func(a answer) answer {
				t.Helper()
				for range 3 { // redirects
					if a.StatusCode != http.StatusSeeOther {
						break
					}
					a = citizen.send("GET", a.Header.Get("Location"), map[string]string{"Accept-Language": l.Tag}, nil)
				}
				citizen.want(http.StatusOK, a)
				if frame := fmt.Sprintf(`<html lang="%s" dir="%s">`, l.Tag, l.Direction); !strings.Contains(string(a.body), frame) {
					t.Errorf("%s is not in %s", a.Request.URL.Path, l.Tag)
				}
				return a
			}
			asked := page(citizen.send("GET", made.Participants[0].ConsentURL, map[string]string{"Accept-Language": l.Tag}, nil))
			ref := string(hiddenRef.FindSubmatch(asked.body)[1])
			in := func(more url.Values) url.Values {
				more.Set("taal", l.Tag)
				return more
			}
			card := page(citizen.choose(ref, "ja", in(url.Values{"scope": {"coach", "peers"}})))
			if !strings.Contains(string(card.body), `src="data:image/svg`) {
				t.Error("no card after a yes")
			}
			var kept struct{ Language, TextVersion, TextHash string }
			must(t, s.db.Raw("SELECT language, text_version, text_hash FROM consent_records WHERE id = ?", made.Participants[0].ID).Scan(&kept).Error)
			if text := s.api.Texts.Consent(l.Tag); kept.Language != l.Tag || kept.TextVersion != text.Version || kept.TextHash != text.Hash {
				t.Errorf("the record keeps %+v", kept)
			}
			page(citizen.choose(ref, "minder", in(url.Values{"scope": {"coach"}})))
			code := s.browser()
			page(code.form("/code", in(url.Values{"code": {made.Participants[0].Code}})))
			if a := citizen.choose(ref, "wis", in(url.Values{})); a.StatusCode != http.StatusBadRequest {
				t.Errorf("erasing without a tick: %d", a.StatusCode)
			}
			page(citizen.choose(ref, "wis", in(url.Values{"bevestig": {"ja"}})))
		})
	}
}
