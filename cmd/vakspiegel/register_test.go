package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

const register = "/api/v1/register/records"

// registerRecord is what a test reads of one.
type registerRecord struct {
	ID, ConversationID, Klantmanager, Role, State string
	Erasure                                       *struct{ StoppedAt, ErasedAt string }
}

type registerLine struct {
	Record     registerRecord
	Events     []struct{ Kind, ByWhom, Reason string }
	Ledger     string
	Closings   []struct{ ID, State, ProposedBy, DecidedBy string }
	Unmaskings []struct{ By, Reason string }
	Can        struct{ Unmask, Pause, Resume, End bool }
}

// recordOf finds the citizen's record of a conversation.
func (b *browser) recordOf(conversationID string) registerRecord {
	b.t.Helper()
	list := decodeAs[struct{ Items []registerRecord }](b.t, b.want(200, b.get(register+"?role=citizen")))
	for _, record := range list.Items {
		if record.ConversationID == conversationID {
			return record
		}
	}
	b.t.Fatalf("the register has no record of %s", conversationID)
	return registerRecord{}
}

func (b *browser) line(recordID string) registerLine {
	b.t.Helper()
	return decodeAs[registerLine](b.t, b.want(200, b.get(register+"/"+recordID)))
}

// propose returns the address of what waits now.
func (b *browser) propose(path string, body map[string]string) string {
	b.t.Helper()
	return b.want(201, b.json("POST", path, body)).Header.Get("Location")
}

// TestTwoPeopleCloseOnSomeonesBehalf walks pause, lifting by the participant's
// own link, and withdrawal, without a code.
func TestTwoPeopleCloseOnSomeonesBehalf(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, petra, paul := s.as("noor"), s.as("petra"), s.as("paul")
		c := noor.ask("citizen")
		citizen := s.sayYes(c.Participants[0].ConsentURL, "coach")
		video := "/api/v1/recordings/" + noor.upload(c.ID, longFilm) + "/video"
		record := petra.recordOf(c.ID)
		address := register + "/" + record.ID

		stream := openStream(t, noor, video)
		pause := petra.propose(address+"/closings", map[string]string{"kind": "paused", "how": "telephone"})
		petra.wantCode(409, "already_proposed", petra.json("POST", address+"/closings", map[string]string{"kind": "paused", "how": "desk"}))
		petra.wantCode(403, "same_person", petra.send("POST", pause+"/confirm", nil, nil))
		noor.want(200, noor.get(video))
		done := paul.want(200, paul.send("POST", pause+"/confirm", nil, nil))
		if !decodeAs[struct{ InForce bool }](t, done).InForce {
			t.Error("the pause is not in force when it is answered")
		}
		if n, err := io.Copy(io.Discard, stream); err == nil {
			t.Errorf("the running stream went on to its end, %d more bytes", n)
		}
		noor.wantCode(404, "not_found", noor.get(video))
		paul.wantCode(409, "already_decided", paul.send("POST", pause+"/confirm", nil, nil))

		ref, page := citizen.visit(c.Participants[0].ConsentURL)
		for _, name := range []string{"Petra", "Paul"} {
			if strings.Contains(page, name) {
				t.Errorf("the citizen's page names %s", name)
			}
		}
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "verder", nil))
		noor.want(200, noor.get(video))

		revoke := petra.propose(address+"/closings", map[string]string{"kind": "revoked", "how": "letter"})
		waiting := decodeAs[struct{ Items []struct{ ID string } }](t, paul.want(200, paul.get("/api/v1/register/closings")))
		if len(waiting.Items) != 1 || !strings.HasSuffix(revoke, waiting.Items[0].ID) {
			t.Errorf("paul sees waiting: %+v", waiting)
		}
		paul.want(200, paul.send("POST", revoke+"/confirm", nil, nil))
		noor.wantCode(404, "not_found", noor.get(video))
		_, page = citizen.visit(c.Participants[0].ConsentURL)
		if !strings.Contains(page, "Gestopt") {
			t.Error("the citizen does not see the stages of what was withdrawn on their behalf")
		}
		petra.until("everything is erased", func() bool { e := petra.recordOf(c.ID).Erasure; return e != nil && e.ErasedAt != "" })
		line := petra.line(record.ID)
		var kinds []string
		for _, event := range line.Events {
			kinds = append(kinds, event.Kind+" by "+event.ByWhom)
		}
		want := []string{"given by participant", "paused by privacy_manager", "resumed by participant", "revoked by privacy_manager"}
		if !slices.Equal(kinds, want) || line.Record.State != "revoked" || line.Ledger != "written" || line.Can.End || line.Record.Klantmanager != record.Klantmanager {
			t.Errorf("the time line: %v, %+v", kinds, line)
		}
		if last := line.Closings[1]; last.ProposedBy != "Petra" || last.DecidedBy != "Paul" {
			t.Errorf("the closing was %+v", last)
		}
		petra.wantCode(409, "not_possible", petra.json("POST", address+"/invalidate", map[string]string{"reason": "not_free"}))
	})
}

func TestAnInvalidConsentIsErasedWithItsReasonInTheProof(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor, petra, paul := s.as("noor"), s.as("petra"), s.as("paul")
	c := noor.ask("citizen")
	s.sayYes(c.Participants[0].ConsentURL)
	id := petra.recordOf(c.ID).ID
	petra.wantCode(400, "invalid", petra.json("POST", register+"/"+id+"/invalidate", map[string]string{"reason": "hij was boos"}))
	petra.wantCode(400, "invalid", petra.json("POST", register+"/"+id+"/invalidate", map[string]string{"reason": "not_free", "note": "boos"}))
	taken := petra.propose(register+"/"+id+"/invalidate", map[string]string{"reason": "technical"})
	petra.want(204, petra.send("POST", taken+"/take-back", nil, nil))
	again := paul.propose(register+"/"+id+"/invalidate", map[string]string{"reason": "under_age"})
	petra.want(200, petra.send("POST", again+"/confirm", nil, nil))
	line := petra.line(id)
	last := line.Events[len(line.Events)-1]
	if line.Record.State != "invalidated" || last.Kind != "invalidated" || last.Reason != "under_age" {
		t.Errorf("%+v", line)
	}
	noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
}

// The data protection officer reads all of it and does nothing; everyone else
// finds nothing there.
func TestTheRegisterIsForTwoRolesAndOneOfThemOnlyReads(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	c, _ := s.given(noor)
	petra := s.as("petra")
	id := petra.recordOf(c.ID).ID
	waits := petra.propose(register+"/"+id+"/closings", map[string]string{"kind": "revoked", "how": "desk"})
	posts := map[string]map[string]string{
		register + "/" + id + "/unmask":     {"reason": "complaint"},
		register + "/" + id + "/closings":   {"kind": "paused", "how": "desk"},
		register + "/" + id + "/invalidate": {"reason": "not_free"},
		waits + "/confirm":                  {}, waits + "/take-back": {},
	}
	reads := []string{register, register + ".csv", "/api/v1/register/closings", register + "/" + id, waits}
	for _, person := range []string{"femke", "sem", "noor", "bram", "ingrid", "henk", "olga", "omar"} {
		b := s.as(person)
		for _, path := range reads {
			a := b.get(path)
			switch {
			case person == "femke":
				b.want(200, a)
			case strings.Contains(path, id) || path == waits:
				b.wantCode(404, "not_found", a)
			default:
				b.wantCode(403, "forbidden", a)
			}
		}
		for path, body := range posts {
			if a := b.json("POST", path, body); person == "femke" {
				b.wantCode(403, "forbidden", a)
			} else {
				b.wantCode(404, "not_found", a)
			}
		}
		if got := decodeAs[struct{ Can struct{ ReadRegister bool } }](t, b.want(200, b.get("/api/v1/me"))); got.Can.ReadRegister != (person == "femke") {
			t.Errorf("%s is told that they can read the register: %v", person, got.Can.ReadRegister)
		}
	}
	if line := petra.line(id); line.Record.State != "given" || len(line.Unmaskings) != 0 || len(line.Closings) != 1 {
		t.Errorf("something was done: %+v", line)
	}
	var refused int64
	must(t, s.db.Table("audit_entries").Where("action LIKE 'register:%' AND result = 'refused'").Count(&refused).Error)
	if want := int64(1*5 + 7*(len(reads)+len(posts))); refused != want {
		t.Errorf("%d refusals in the audit log, want %d", refused, want)
	}
}

func TestUnmaskingAnswersTheNameAndIsToldToTheKlantmanager(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, petra := s.as("noor"), s.as("petra")
		c, _ := s.given(noor)
		id := petra.recordOf(c.ID).ID
		for _, path := range []string{register, register + "/" + id, register + ".csv"} {
			a := petra.want(200, petra.get(path))
			if bytes.Contains(a.body, []byte("Noor")) || bytes.Contains(a.body, []byte(policies.DemoID("noor").String())) || bytes.Contains(a.body, []byte("brief")) {
				t.Errorf("%s names the klantmanager or their label: %s", path, a.body)
			}
		}
		petra.wantCode(400, "invalid", petra.json("POST", register+"/"+id+"/unmask", map[string]string{"reason": "nieuwsgierig"}))
		name := decodeAs[struct{ Name string }](t, petra.want(200, petra.json("POST", register+"/"+id+"/unmask", map[string]string{"reason": "complaint"})))
		if name.Name != "Noor" {
			t.Errorf("the name is %q", name.Name)
		}
		notices := func(b *browser) []struct{ ID, Kind, By, Reason string } {
			return decodeAs[struct {
				Items []struct{ ID, Kind, By, Reason string }
			}](t, b.want(200, b.get("/api/v1/me/notices"))).Items
		}
		told := notices(noor)
		if len(told) != 1 || told[0].By != "Petra" || told[0].Reason != "complaint" || told[0].Kind != "unmasked" {
			t.Fatalf("noor is told %+v", told)
		}
		if others := notices(s.as("sem")); len(others) != 0 {
			t.Errorf("sem is told %+v", others)
		}
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.send("POST", "/api/v1/me/notices/"+told[0].ID+"/seen", nil, nil))
		noor.want(204, noor.send("POST", "/api/v1/me/notices/"+told[0].ID+"/seen", nil, nil))
		if told = notices(noor); len(told) != 0 {
			t.Errorf("after 'gezien' noor is told %+v", told)
		}
	})
}

// P4: an evaluator who is also a privacy manager sees no trace of a consent of
// whom they evaluate: list, file, single record and what waits are byte-identical.
func TestAnEvaluatorWhoReadsTheRegisterSeesNoTraceOfWhomTheyEvaluate(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		_, err := s.people.RecordEvaluator(t.Context(), policies.DemoID("paul"), policies.DemoID("noor"), time.Now(), nil)
		must(t, err)
		daan, paul, petra := s.as("daan"), s.as("paul"), s.as("petra")
		s.given(daan)
		look := func() (views []string) {
			for _, path := range []string{register, register + "?limit=1", register + ".csv", register + "?state=given", "/api/v1/register/closings"} {
				views = append(views, path+"\n"+paul.want(200, paul.get(path)).view())
			}
			return views
		}
		before := look()
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := petra.recordOf(c.ID).ID
		waits := petra.propose(register+"/"+id+"/closings", map[string]string{"kind": "revoked", "how": "desk"})
		if after := look(); !slices.Equal(after, before) {
			t.Errorf("paul's view changed:\n%s\nbefore:\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
		none := "/api/v1/register/closings/" + id
		for path, like := range map[string]string{register + "/" + id: register + "/" + c.ID, waits: none} {
			if got, want := paul.get(path), paul.get(like); got.StatusCode != 404 || got.view() != want.view() {
				t.Errorf("%s:\n%s\nwhat does not exist:\n%s", path, got.view(), want.view())
			}
		}
		for path, body := range map[string]map[string]string{
			register + "/" + id + "/unmask": {"reason": "complaint"}, register + "/" + id + "/invalidate": {"reason": "not_free"}, waits + "/confirm": {},
		} {
			paul.wantCode(404, "not_found", paul.json("POST", path, body))
		}
		if pseudonym := petra.recordOf(c.ID).Klantmanager; bytes.Contains(paul.get(register+"?pseudonym="+pseudonym).body, []byte(c.ID)) {
			t.Error("a pseudonym finds what is hidden")
		}
	})
}

func TestTheFileHoldsWhatTheListHolds(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor, petra := s.as("noor"), s.as("petra")
	for range 3 {
		s.given(noor)
	}
	a := petra.want(200, petra.get(register+".csv?role=citizen"))
	lines, err := csv.NewReader(bytes.NewReader(a.body)).ReadAll()
	must(t, err)
	if len(lines) != 4 || lines[0][0] != "record" || !bytes.Contains(a.body, []byte("\r\n")) || !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d lines, %v", len(lines), a.Header)
	}
	list := decodeAs[struct{ Items []registerRecord }](t, petra.want(200, petra.get(register+"?role=citizen")))
	for i, record := range list.Items {
		if lines[i+1][0] != record.ID || lines[i+1][2] != record.Klantmanager {
			t.Errorf("line %d is %v, the list has %+v", i+1, lines[i+1], record)
		}
	}
	for query, field := range map[string]string{
		"state=requested": "state", "role=manager": "role", "from=gisteren": "from", "until=2026-13-01": "until", "pseudonym=Noor": "pseudonym",
		"awaitingErasure=ja": "awaitingErasure", "method=" + url.QueryEscape("' OR 1=1"): "method", "language=%00": "language",
	} {
		for _, path := range []string{register, register + ".csv"} {
			problem := petra.want(400, petra.get(path+"?"+query)).problem(t)
			if faults, _ := problem["faults"].([]any); len(faults) != 1 || faults[0].(map[string]any)["field"] != field {
				t.Errorf("%s: %v", query, problem)
			}
		}
	}
}

// A file longer than a page is whole, and each record is in it once.
func TestALongRegisterIsDownloadedWhole(t *testing.T) {
	s := start(t, sqlitePair(t))
	const n = 1203
	for i := range n {
		at := time.Now().UTC().Add(-time.Duration(i/3) * time.Minute) // several at the same moment
		must(t, s.db.Exec(`INSERT INTO consent_records (id, conversation_id, role, state, scopes, version, method, text_version, text_hash, language, given_at, changed_at, purge_after, owner_id)
			VALUES (?, ?, 'citizen', 'given', '', 1, 'own_device', '=1+1', 'abc', 'nl', ?, ?, ?, ?)`,
			uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), at, at, at.AddDate(2, 0, 0), policies.DemoID("noor")).Error)
	}
	petra := s.as("petra")
	lines, err := csv.NewReader(bytes.NewReader(petra.want(200, petra.get(register+".csv")).body)).ReadAll()
	must(t, err)
	seen := map[string]bool{}
	for _, line := range lines[1:] {
		seen[line[0]] = true
		if line[8] != "'=1+1" {
			t.Fatalf("a cell is a formula: %q", line[8])
		}
	}
	if len(lines) != n+1 || len(seen) != n {
		t.Errorf("%d lines, %d records; want %d", len(lines), len(seen), n)
	}
}
