package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vakspiegel/web/citizen"
)

// trace is what anyone between the citizen and us, or with our logs, can tell of
// an answer: every response as it went over the line, and every line of the log.
type trace struct {
	responses []string
	sizes     []int
	log       string
}

// chance is what differs between any two requests.
var chance = regexp.MustCompile(`(time|request|ms)=\S+`)

func (s *system) follow(link, lang, choice string) trace {
	s.t.Helper()
	var t trace
	b := s.browser()
	note := func(a answer) answer {
		var out strings.Builder
		a.Header.Set("X-Request-Id", strconv.Itoa(len(a.Header.Get("X-Request-Id"))))
		a.Header.Del("Date")
		_ = a.Header.Write(&out)
		t.responses = append(t.responses, a.Request.Method+" "+a.Request.URL.String()+" "+a.Status+"\n"+out.String())
		t.sizes = append(t.sizes, len(a.body))
		return a
	}
	// A line is written when its answer has gone.
	logged := func(from int, last string) int {
		b.until("every answer is in the log", func() bool { return strings.Contains(s.log.String()[from:], last) })
		return len(s.log.String())
	}
	opened := len(s.log.String())
	ref, _ := b.visit(link)
	before := logged(opened, "method=GET route=/toestemming ")
	a := note(b.choose(ref, choice, url.Values{"taal": {lang}}))
	for a.StatusCode == http.StatusSeeOther {
		a = note(b.get(a.Header.Get("Location")))
	}
	logged(before, "route=/toestemming/klaar ")
	t.log = chance.ReplaceAllString(s.log.String()[before:], "")
	for _, part := range regexp.MustCompile(`(?:src|href)="(/[^"?]*\.[^"]*)"`).FindAllStringSubmatch(string(a.body), -1) {
		t.responses = append(t.responses, part[1]) // what a browser fetches by itself
	}
	return t
}

// Refusing takes exactly as many steps as consenting, at the same addresses, with
// the same headers and the same number of bytes; and it leaves nothing.
func TestANoLooksLikeAYesAndLeavesNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		no := map[string]trace{}
		for _, l := range s.api.Texts.Languages() {
			before := s.remains()
			asked := noor.ask("citizen", "partner")
			if s.remains() == before {
				t.Fatal("a conversation changes nothing: the comparison proves nothing")
			}
			no[l.Tag] = s.follow(asked.Participants[0].ConsentURL, l.Tag, "nee")
			if after := s.remains(); after != before {
				t.Errorf("%s: a no leaves\n%s\nbefore it there was\n%s", l.Tag, after, before)
			}
		}
		for _, l := range s.api.Texts.Languages() {
			no, yes := no[l.Tag], s.follow(noor.ask("citizen").Participants[0].ConsentURL, l.Tag, "ja")
			if len(yes.responses) != 3 || yes.sizes[1] != citizen.DoneSize {
				t.Fatalf("%s: a yes takes %v of %v bytes", l.Tag, yes.responses, yes.sizes)
			}
			if got, want := strings.Join(no.responses, "\n"), strings.Join(yes.responses, "\n"); got != want {
				t.Errorf("%s: a no is answered\n%s\na yes\n%s", l.Tag, got, want)
			}
			if no.sizes[0] != yes.sizes[0] || no.sizes[1] != yes.sizes[1] {
				t.Errorf("%s: a no has %v bytes, a yes %v", l.Tag, no.sizes, yes.sizes)
			}
			if no.log != yes.log || strings.Count(no.log, "msg=request") != 2 {
				t.Errorf("%s: a no is logged as\n%s\na yes as\n%s", l.Tag, no.log, yes.log)
			}
		}
	})
}

// remains is dump with the sittings too, and without the numbers of the key's
// periods, which turn by themselves.
func (s *system) remains() string {
	s.t.Helper()
	var sittings int64
	must(s.t, s.db.Table("link_sessions").Count(&sittings).Error)
	all := s.dump()
	from := strings.Index(all, "key_epochs\n")
	return strconv.FormatInt(sittings, 10) + all[:from] + all[from+strings.Index(all[from:], "\nledger_"):]
}
