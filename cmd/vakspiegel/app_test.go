package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob"
	"vakspiegel/web/citizen"
)

func base64Of(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// longFilm is the sample with a box of padding behind it (ISO/IEC 14496-12,
// 8.1.2): more than the sockets between server and player can hold.
var longFilm = append(bytes.Clone(sampleFilm), append([]byte{1, 128, 0, 0, 'f', 'r', 'e', 'e'}, make([]byte, 24<<20-8)...)...)

// noteWords are in no file, ever: not in the database, its log, the store.
var s3None = blob.S3Credentials{}

const noteWords = "zilvervos-onder-de-brug"

// TestTheWholeStory is the main job on both pairs: ask, yes, film, look, note,
// withdraw, stopped, erased.
func TestTheWholeStory(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")

		c := noor.ask("citizen", "partner")
		if len(c.Participants) != 2 || c.Consent != "waiting" {
			t.Fatalf("the new conversation: %+v", c)
		}
		noor.wantCode(403, "consent_missing", noor.createUpload(c.ID, len(longFilm)))

		citizen := s.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
		noor.wantCode(403, "consent_missing", noor.createUpload(c.ID, len(longFilm)))
		s.sayYes(c.Participants[1].ConsentURL, "coach")
		c = decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		if c.Consent != "given" || fmt.Sprint(c.Scopes) != "[coach]" {
			t.Fatalf("after two yeses: %s, %v; want given, what all allow", c.Consent, c.Scopes)
		}

		id := uploadInPieces(t, noor, c.ID)
		video := "/api/v1/recordings/" + id + "/video"
		watch(t, noor, video)
		strangersSeeNothing(t, s, id)

		note := noor.want(201, noor.json("POST", "/api/v1/recordings/"+id+"/annotations", map[string]any{
			"startMs": 5960, "endMs": 12600, "kind": "feeling", "body": noteWords + " <script>alert(1)</script>", "tags": []string{noteWords},
		}))
		noteURL := note.Header.Get("Location")
		noor.want(200, noor.send("PATCH", noteURL, map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"},
			strings.NewReader(`{"body":"`+noteWords+` anders","endMs":null}`)))
		noor.wantCode(412, "changed", noor.send("DELETE", noteURL, map[string]string{"If-Match": `"1"`}, nil))
		form := noor.want(201, noor.json("POST", "/api/v1/recordings/"+id+"/forms", map[string]any{"code": "werken-met-aandacht"}))
		noor.want(200, noor.fill(form.Header.Get("Location"), 1, `{"answers":[{"code":"erkent","text":"`+noteWords+`","moments":[{"startMs":5960}]}]}`))
		lookBack := "/api/v1/recordings/" + id + "/look-back"
		noor.want(200, noor.json("PATCH", lookBack, map[string]any{"positionMs": 5960, "step": "film", "memories": []map[string]string{{"text": noteWords, "part": "middle"}}}))
		kept := string(noor.want(200, noor.json("PATCH", lookBack, map[string]any{"begin": "touched", "step": nil})).body)
		if kept != string(noor.want(200, noor.get(lookBack)).body) || !strings.Contains(kept, noteWords) || strings.Contains(kept, "step") {
			t.Errorf("the look-back is %s", kept)
		}
		wordsAreNowhere(t, s)

		stream := openStream(t, noor, video)
		began := time.Now()
		ref, _ := citizen.visit(c.Participants[0].ConsentURL)
		citizen.want(400, citizen.choose(ref, "wis", nil)) // without the tick
		done := citizen.want(http.StatusSeeOther, citizen.choose(ref, "wis", url.Values{"bevestig": {"ja"}}))
		if took := time.Since(began); took > 2*time.Second+500*time.Millisecond {
			t.Errorf("the withdrawal was confirmed after %v", took)
		}
		if n, err := io.Copy(io.Discard, stream); err == nil {
			t.Errorf("the running stream went on to its end, %d more bytes", n)
		}

		for _, path := range []string{"", "/video", "/views", "/annotations", "/forms", "/look-back"} {
			noor.wantCode(404, "not_found", noor.get("/api/v1/recordings/"+id+path))
		}
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
		noor.wantCode(404, "not_found", noor.send("DELETE", noteURL, map[string]string{"If-Match": `"2"`}, nil))

		var page string
		citizen.until("everything is erased and verified", func() bool {
			a := citizen.want(200, citizen.get(done.Header.Get("Location")))
			page = string(a.body)
			return a.Header.Get("Refresh") == ""
		})
		for _, stage := range []string{"Gestopt", "Niemand kan de opname nog openen", "Alles is gewist en nagekeken"} {
			if !strings.Contains(page, stage) {
				t.Errorf("the citizen's page does not say %q", stage)
			}
		}
		nothingIsLeft(t, s, id, c.ID)
		wordsAreNowhere(t, s)
		logIsClean(t, s, c)
	})
}

// uploadInPieces sends the film as a bad connection would, and tries to make
// it wrong on the way.
func uploadInPieces(t *testing.T, noor *browser, conversationID string) string {
	t.Helper()
	half := len(longFilm) / 2
	location := noor.want(201, noor.createUpload(conversationID, len(longFilm))).Header.Get("Location")
	broken := io.MultiReader(bytes.NewReader(longFilm[:half]), brokenReader{})
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPatch, noor.base+pathOf(location), broken)
	must(t, err)
	r.Header = http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Offset": {"0"}, "Content-Type": {"application/offset+octet-stream"}}
	r.ContentLength = int64(len(longFilm))
	if response, err := noor.Do(r); err == nil {
		_ = response.Body.Close()
		t.Fatal("a broken request succeeded")
	}
	offset := -1
	noor.until("the broken piece is kept", func() bool {
		a := noor.send("HEAD", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil)
		if a.StatusCode != 200 {
			return false
		}
		_, err := fmt.Sscan(a.Header.Get("Upload-Offset"), &offset)
		return err == nil && offset > 0
	})
	if offset > half {
		t.Fatalf("%d bytes acknowledged of %d sent", offset, half)
	}
	noor.wantCode(409, "wrong_offset", noor.patch(location, offset-1, bytes.NewReader(longFilm)))
	noor.want(204, noor.patch(location, offset, bytes.NewReader(longFilm[offset:])))
	id := location[strings.LastIndexByte(location, '/')+1:]
	noor.until("the film is ready", func() bool {
		return decodeAs[struct{ State string }](t, noor.want(200, noor.get("/api/v1/recordings/"+id))).State == "ready"
	})
	again := noor.patch(location, offset, bytes.NewReader(longFilm[offset:]))
	if again.StatusCode < 400 {
		t.Errorf("the same PATCH twice: %d", again.StatusCode)
	}
	return id
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func pathOf(location string) string {
	if u, err := url.Parse(location); err == nil {
		return u.Path
	}
	return location
}

func watch(t *testing.T, noor *browser, video string) {
	t.Helper()
	whole := noor.want(200, noor.get(video))
	if !bytes.Equal(whole.body, longFilm) {
		t.Fatalf("%d bytes came back, not the film", len(whole.body))
	}
	if cache := whole.Header.Get("Cache-Control"); cache != "no-store" || whole.Header.Get("ETag") != "" {
		t.Errorf("the film may be cached: %q, ETag %q", cache, whole.Header.Get("ETag"))
	}
	part := noor.want(206, noor.send("GET", video, map[string]string{"Range": "bytes=70000-70099"}, nil))
	if !bytes.Equal(part.body, longFilm[70000:70100]) {
		t.Error("the range is not that part of the film")
	}
	for _, wrong := range []string{"bytes=0-1,3-4", fmt.Sprintf("bytes=%d-", len(longFilm)), "bytes=-0"} {
		noor.wantCode(416, "range_not_satisfiable", noor.send("GET", video, map[string]string{"Range": wrong}, nil))
	}
	noor.want(200, noor.send("GET", video, map[string]string{"Range": "bytes=x-"}, nil))
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"} {
		noor.wantCode(404, "not_found", noor.send("GET", video, map[string]string{name: value}, nil))
	}
}

// strangersSeeNothing: colleagues, the coach before any session, the manager
// who evaluates noor and is also a coach, and everyone with an office.
func strangersSeeNothing(t *testing.T, s *system, id string) {
	t.Helper()
	for _, person := range []string{"sem", "daan", "bram", "ingrid", "henk", "petra", "femke", "olga", "omar"} {
		other := s.as(person)
		for _, path := range []string{"", "/video", "/views", "/annotations", "/forms", "/look-back"} {
			other.wantCode(404, "not_found", other.get("/api/v1/recordings/"+id+path))
		}
		other.wantCode(404, "not_found", other.send("DELETE", "/api/v1/recordings/"+id, nil, nil))
	}
	s.browser().wantCode(401, "unauthorized", s.browser().get("/api/v1/recordings/"+id+"/video"))
}

// openStream begins to watch and stops reading, so that the server is held in
// the middle of the film.
func openStream(t *testing.T, noor *browser, video string) io.Reader {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, noor.base+video, nil)
	must(t, err)
	r.Header.Set("Range", "bytes=0-")
	response, err := noor.Do(r)
	must(t, err)
	t.Cleanup(func() { _ = response.Body.Close() })
	_, err = io.CopyN(io.Discard, response.Body, 1000)
	must(t, err)
	return response.Body
}

// wordsAreNowhere looks for a note's words in every file there is, and the log.
func wordsAreNowhere(t *testing.T, s *system) {
	t.Helper()
	isNowhere(t, s, noteWords, "eerste gesprek, brief")
	if strings.Contains(s.log.String(), noteWords) {
		t.Error("the log holds a note's words")
	}
}

// isNowhere reads every file of database and store.
func isNowhere(t *testing.T, s *system, needles ...string) {
	t.Helper()
	folders := []string{databasetest.Folder(t, s.pair.dsn)}
	if path, ok := strings.CutPrefix(s.pair.store, "dir:"); ok {
		folders = append(folders, path)
	}
	for i, folder := range folders {
		files := 0
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil //nolint:nilerr // a file that goes while we look holds nothing
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return nil //nolint:nilerr // see above
			}
			files++
			for _, needle := range needles {
				if bytes.Contains(content, []byte(needle)) {
					t.Errorf("%s holds %q in plain", path, needle)
				}
			}
			return nil
		})
		must(t, err)
		if files == 0 && i == 0 {
			t.Errorf("no files in %s: the search looked at nothing", folder)
		}
	}
}

// nothingIsLeft holds database and store against the promise: the consent
// events, the ledger object and the audit entries, nothing else of it.
func nothingIsLeft(t *testing.T, s *system, recordingID, conversationID string) {
	t.Helper()
	ctx := context.Background()
	remains, err := s.store.Remains(ctx, "recordings/")
	must(t, err)
	if len(remains) != 0 {
		t.Errorf("the store still has %v", remains)
	}
	for _, table := range []string{"conversations", "participants", "consent_requests", "recordings", "segments", "uploads", "annotations", "observation_forms", "look_backs", "captions", "data_keys", "ledger_owed"} {
		var n int64
		must(t, s.db.Table(table).Count(&n).Error)
		if n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	var events, erasures int64
	must(t, s.db.Table("consent_events").Where("conversation_id = ?", conversationID).Count(&events).Error)
	must(t, s.db.Table("erasures").Where("conversation_id = ? AND erased_at IS NOT NULL", conversationID).Count(&erasures).Error)
	if events != 4 || erasures != 1 {
		t.Errorf("%d events and %d erasures; want three yeses, one withdrawal, one proof", events, erasures)
	}
	report, err := s.audit.Verify(ctx)
	must(t, err)
	if !report.OK() || report.Entries == 0 {
		t.Errorf("the audit log: %+v", report)
	}
	ledger := 0
	for _, err := range s.store.List(ctx, "ledger/") {
		must(t, err)
		ledger++
	}
	if ledger != 1 {
		t.Errorf("%d objects in the ledger, want 1", ledger)
	}
	_ = recordingID
}

// logIsClean: no token, no code, no path with a secret, no label.
func logIsClean(t *testing.T, s *system, c conversation) {
	t.Helper()
	log := s.log.String()
	if !strings.Contains(log, "route=/c/:token") {
		t.Error("the log does not know the link's route: the search below proves nothing")
	}
	for _, p := range c.Participants {
		for _, secret := range []string{p.ConsentURL[strings.LastIndexByte(p.ConsentURL, '/')+1:], p.Code, p.ID, "eerste gesprek", "Noor"} {
			if strings.Contains(log, secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	}
}

func TestANoLeavesNoTrace(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		s.sayYes(c.Participants[0].ConsentURL, "coach")
		partner := s.browser()
		ref, page := partner.visit(c.Participants[1].ConsentURL)
		if strings.Contains(page, "<script") || strings.Contains(page, "checked") {
			t.Error("the consent page has a script or a ticked box")
		}
		partner.want(http.StatusSeeOther, partner.choose(ref, "nee", nil))
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
		unknown := partner.want(404, partner.get(c.Participants[1].ConsentURL))
		malformed := partner.want(404, partner.get("/c/nonsense"))
		if !bytes.Equal(unknown.body, malformed.body) {
			t.Error("a link that is gone and one that never was answer differently")
		}
		for _, table := range []string{
			"conversations", "participants", "consent_requests", "consent_records", "consent_events", "erasures",
			"ledger_owed", "link_sessions", "audit_entries", "data_keys",
		} {
			var n int64
			must(t, s.db.Table(table).Count(&n).Error)
			if n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
		for object, err := range s.store.List(context.Background(), "") {
			must(t, err)
			t.Errorf("the store has %s", object.Key)
		}
		if strings.Contains(s.log.String(), c.ID) {
			t.Error("the log names the conversation")
		}
		wordsAreNowhere(t, s)
		if p.name == "sqlite" {
			// PostgreSQL keeps ids in its heap and log until it cleans them up
			// (docs/limits.md); SQLite keeps nothing.
			isNowhere(t, s, c.ID, c.Participants[0].ID, c.Participants[1].ID)
		}
	})
}

func TestHandedOverLinksAreShownNoMore(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		path := "/api/v1/conversations/" + c.ID
		code := path + "/participants/" + c.Participants[0].ID + "/qr"
		if kind := noor.want(200, noor.get(code)).Header.Get("Content-Type"); kind != "image/svg+xml" {
			t.Errorf("the QR code is a %s", kind)
		}
		card := "/kaart/" + c.ID + "/" + c.Participants[0].ID
		for _, query := range []string{"", "?neutraal=ja&taal=ar"} {
			shown := string(noor.want(200, noor.get(card+query)).body)
			if !strings.Contains(shown, spaced(c.Participants[0].Code)) || strings.Contains(shown, "<script") {
				t.Errorf("%s has no code, or a script", query)
			}
		}
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.get(card))
		noor.wantCode(404, "not_found", noor.get("/kaart/"+c.ID+"/"+c.ID))
		noor.want(204, noor.json("POST", path+"/handover", nil)) // before anyone has answered
		got := decodeAs[conversation](t, noor.want(200, noor.get(path)))
		if got.Participants[0].ConsentURL != "" || got.Participants[0].Code != "" {
			t.Error("staff still sees link or code")
		}
		noor.wantCode(404, "not_found", noor.get(code))
		noor.wantCode(404, "not_found", noor.get(card))
		own := s.sayYes(c.Participants[0].ConsentURL)
		own.want(303, own.get("/toestemming/kaart"))
		if done := string(own.want(200, own.get("/toestemming/klaar")).body); strings.Contains(done, "<img") || len(done) != citizen.DoneSize {
			t.Errorf("after a yes who has the card sees it again, or a page of %d bytes", len(done))
		}
		typed := s.browser()
		entered := typed.want(http.StatusSeeOther, typed.form("/code", url.Values{"code": {c.Participants[0].Code}}))
		typed.want(200, typed.get(entered.Header.Get("Location")))
	})
}

// spaced is a code as it is printed.
func spaced(code string) string { return code[:4] + " " + code[4:8] + " " + code[8:] }

func TestTwoLinksInOneBrowserDoNotMix(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		shared := s.browser()
		first, _ := shared.visit(c.Participants[0].ConsentURL)
		second, _ := shared.visit(c.Participants[1].ConsentURL)
		shared.want(http.StatusConflict, shared.choose(first, "nee", nil))
		shared.want(http.StatusSeeOther, shared.choose(second, "ja", nil))
		got := decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		if got.Consent != "waiting" {
			t.Errorf("consent %s after one yes of two", got.Consent)
		}
	})
}

func TestAnotherSiteChangesNothing(t *testing.T) {
	s := start(t, pair{"sqlite", databasetest.Migrated(t, "sqlite"), "dir:" + t.TempDir(), s3None})
	noor := s.as("noor")
	c := noor.ask("citizen")
	citizen := s.browser()
	ref, _ := citizen.visit(c.Participants[0].ConsentURL)
	body := url.Values{"r": {ref}, "keuze": {"nee"}}.Encode()
	for name, value := range map[string]string{"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"} {
		a := citizen.send("POST", "/toestemming", map[string]string{"Content-Type": "application/x-www-form-urlencoded", name: value}, strings.NewReader(body))
		citizen.wantCode(403, "cross_origin", a)
	}
	noor.want(200, noor.get("/api/v1/conversations/"+c.ID))
}

func TestDownMeansUnavailableAndNothingHalf(t *testing.T) {
	s := start(t, pair{"sqlite", databasetest.Migrated(t, "sqlite"), "dir:" + t.TempDir(), s3None})
	noor := s.as("noor")
	conn, err := s.db.DB()
	must(t, err)
	must(t, conn.Close())
	a := noor.json("POST", "/api/v1/conversations", map[string]any{
		"heldAt": time.Now().UTC().Format(time.RFC3339), "participants": []map[string]string{{"role": "citizen"}},
	})
	noor.wantCode(503, "unavailable", a)
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	noor.wantCode(503, "unavailable", noor.get("/api/v1/health/ready"))
	noor.want(200, noor.get("/api/v1/health/live"))
}
