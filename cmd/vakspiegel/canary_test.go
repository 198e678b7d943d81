package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"vakspiegel/cmd/database"
)

// Every test that runs the program in-process is a canary too: what it handed
// out or was given as a secret is looked for, when the test is over, in the log,
// in every table, in the database's and the store's files; and in every
// answer on its way in which it does not belong.

// secrets are those of one running program, by what they are.
type secrets struct {
	mu    sync.Mutex
	known map[string]string
}

// newSecrets knows what every test may write.
func newSecrets() *secrets {
	s := &secrets{}
	s.add(aWord, noteWords)
	return s
}

func (s *secrets) add(what string, values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]string{}
	}
	for _, value := range values {
		s.known[value] = what
	}
}

// in names the kinds of secrets that a text holds, but for those allowed.
func (s *secrets) in(text []byte, allowed ...string) (found []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for value, what := range s.known {
		if !slices.Contains(allowed, what) && !slices.Contains(found, what) && bytes.Contains(text, []byte(value)) {
			found = append(found, what)
		}
	}
	slices.Sort(found)
	return found
}

// The kinds of secrets.
const (
	aLink    = "a link's token"
	aCode    = "a code"
	aPIN     = "a PIN"
	aSession = "a session's or sitting's token"
	anEmail  = "an address"
	aWord    = "someone's words" // noteWords, in whatever text of a recording or a person
)

var (
	linkToken  = regexp.MustCompile(`/c/([A-Za-z0-9_-]{43})\b`)
	codeInJSON = regexp.MustCompile(`"code":"([0-9]{12})"`)
	mayHold    = []struct {
		path  *regexp.Regexp
		kinds []string
	}{
		// The owner's screens, until the links are handed over; the participant's own card.
		{regexp.MustCompile(`^/api/v1/conversations(/[^/]+(/participants)?)?$`), []string{aLink, aCode}},
		{regexp.MustCompile(`^/(brief|kaart)/`), []string{aLink, aCode}},
		{regexp.MustCompile(`^/toestemming/(bewaren|klaar|kaart)$`), []string{aCode}},
	}
)

// watched learns the secrets of what passes and fails the test for a secret in
// an answer that is not to hold it.
type watched struct {
	http.RoundTripper
	secrets *secrets
	t       *testing.T
}

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	w.learnRequest(r)
	response, err := w.RoundTripper.RoundTrip(r)
	if err != nil {
		return response, err
	}
	for _, cookie := range response.Cookies() {
		// The state of a sign-in travels by address, as OpenID Connect has it.
		if len(cookie.Value) >= 32 && !strings.Contains(cookie.Name, "signin") {
			w.secrets.add(aSession, cookie.Value)
		}
	}
	kind := response.Header.Get("Content-Type")
	if !strings.Contains(kind, "json") && !strings.HasPrefix(kind, "text/html") && !strings.HasPrefix(kind, "text/csv") {
		return response, nil
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return response, err
	}
	_ = response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(body))
	w.learnAnswer(body)
	allowed := []string{aWord} // to whom a text is shown, the tests of strangers say
	for _, may := range mayHold {
		if may.path.MatchString(r.URL.Path) {
			allowed = append(allowed, may.kinds...)
		}
	}
	for _, found := range w.secrets.in(body, allowed...) {
		w.t.Errorf("%s %s answers with %s", r.Method, r.URL.Path, found)
	}
	return response, nil
}

// learnRequest keeps what a participant typed.
func (w watched) learnRequest(r *http.Request) {
	if r.GetBody == nil || r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return
	}
	body, err := r.GetBody()
	if err != nil {
		return
	}
	typed, err := io.ReadAll(body)
	if err != nil {
		return
	}
	values, _ := url.ParseQuery(string(typed))
	for field, what := range map[string]string{"pin": aPIN, "nieuwepin": aPIN, "email": anEmail} {
		if value := values.Get(field); len(value) >= 6 {
			w.secrets.add(what, value)
		}
	}
}

func (w watched) learnAnswer(body []byte) {
	for _, found := range linkToken.FindAllSubmatch(body, -1) {
		w.secrets.add(aLink, string(found[1]))
	}
	for _, found := range codeInJSON.FindAllSubmatch(body, -1) {
		w.secrets.add(aCode, string(found[1]))
	}
}

// hunt looks for every secret where none may be.
func (s *system) hunt() {
	s.t.Helper()
	if found := s.secrets.in([]byte(s.log.String())); len(found) > 0 {
		s.t.Errorf("in the log: %v", found)
	}
	s.huntTables()
	for _, dsn := range []string{s.pair.dsn, s.pair.store} {
		scheme, path, _ := strings.Cut(dsn, ":")
		if scheme != "sqlite" && scheme != "dir" {
			continue
		}
		s.huntFiles(path)
	}
}

func (s *system) huntFiles(path string) {
	s.t.Helper()
	files, err := filepath.Glob(path + "*") // a database's log lies beside it
	must(s.t, err)
	for _, file := range files {
		err := filepath.WalkDir(file, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return nil //nolint:nilerr // the program still runs: what is gone by now holds nothing
			}
			content, err := os.ReadFile(name)
			if err != nil {
				return nil //nolint:nilerr // likewise
			}
			if found := s.secrets.in(content, aPIN); len(found) > 0 { // six digits occur by chance
				s.t.Errorf("in the file %s: %v", filepath.Base(name), found)
			}
			return nil
		})
		must(s.t, err)
	}
}

// huntTables reads every row of every table, as text, over a connection of its
// own: the test may have taken the program's away.
func (s *system) huntTables() {
	s.t.Helper()
	db, err := database.Open(context.Background(), s.pair.dsn)
	if err != nil {
		s.t.Errorf("the tables cannot be looked at: %v", err)
		return
	}
	defer func() { _ = database.Close(db) }()
	names, err := db.Migrator().GetTables()
	if err != nil || len(names) < 15 {
		s.t.Errorf("only %d tables are looked at: %v", len(names), err)
	}
	for _, name := range names {
		var rows []map[string]any
		if err := db.Table(name).Find(&rows).Error; err != nil {
			s.t.Errorf("%s is not looked at: %v", name, err)
		}
		for _, row := range rows {
			for column, value := range row {
				text, isBytes := value.([]byte)
				if !isBytes {
					text = fmt.Append(nil, value)
				}
				if found := s.secrets.in(text); len(found) > 0 {
					s.t.Errorf("in %s.%s: %v", name, column, found)
				}
			}
		}
	}
}

// TestNoWordOfTheWorkspaceIsKeptInPlain writes into every text that there is,
// on both databases; the hunt at its end looks for them in the log, every
// table and every file (invariant 2 of review, trust.md P6). Erasing the recording
// takes every one of them but the next step.
func TestNoWordOfTheWorkspaceIsKeptInPlain(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		ids := noorsThings(t, s, noor)
		recording := "/api/v1/recordings/" + ids["recordingId"]
		noor.want(201, noor.json("POST", recording+"/annotations", map[string]any{"startMs": 10, "kind": "question", "body": noteWords, "tags": []string{noteWords}, "parentId": ids["annotationId"]}))
		noor.want(200, noor.json("PATCH", recording+"/look-back", map[string]any{"memories": []map[string]string{{"text": noteWords, "part": "begin"}}}))
		noor.want(200, noor.fill("/api/v1/forms/"+ids["formId"], 1, `{"answers":[{"code":"aansluiting","text":"`+noteWords+`","moments":[]}]}`))
		draft := noor.send("PUT", recording+"/drafts/"+ids["draftId"], map[string]string{"If-None-Match": "*", "Content-Type": "application/json"},
			strings.NewReader(`{"start":"0:01","end":"","kind":"question","body":"`+noteWords+`","tags":[]}`))
		if draft.StatusCode >= 300 {
			t.Fatalf("the draft is not kept: %d %s", draft.StatusCode, draft.body)
		}
		noor.want(200, noor.json("POST", "/api/v1/search", map[string]string{"query": noteWords}))
		noor.want(200, noor.get(recording+"/export/csv"))

		texts := []string{"annotations", "annotation_drafts", "look_backs", "observation_forms", "fragments", "captions"}
		for _, table := range texts {
			if s.count(table) == 0 {
				t.Errorf("nothing was written into %s: it proves nothing", table)
			}
		}
		noor.want(http.StatusAccepted, noor.send("DELETE", recording, nil, nil))
		for _, table := range texts {
			noor.until(table+" is empty", func() bool { return s.count(table) == 0 })
		}
		if s.count("next_steps") != 1 {
			t.Error("the next step went with the recording")
		}
	})
}

// The hunt itself: a secret in a log, a column or an answer is found.
func TestTheCanariesSing(t *testing.T) {
	known := &secrets{}
	known.add(aLink, strings.Repeat("t", 43))
	known.add(aPIN, "481516")
	if found := known.in([]byte("GET /c/"+strings.Repeat("t", 43)), aCode); !slices.Equal(found, []string{aLink}) {
		t.Errorf("found %v", found)
	}
	if found := known.in([]byte("pin 481516"), aPIN); found != nil {
		t.Errorf("an allowed one is found: %v", found)
	}
	s := start(t, sqlitePair(t))
	c := s.as("noor").ask("citizen")
	token := c.Participants[0].ConsentURL[len(s.URL()+"/c/"):]
	if found := s.secrets.in([]byte(token + c.Participants[0].Code + noteWords)); !slices.Equal(found, []string{aCode, aLink, aWord}) {
		t.Errorf("of what was asked only %v is known", found)
	}
}
