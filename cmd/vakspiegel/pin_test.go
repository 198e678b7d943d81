package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// PINs are typed in another script here: six digits of ours could stand in a log
// by chance, as part of a time or an id.
const chosenPIN = "٤٨٠٢٧١"

func guessedPIN(n int) string {
	var typed []rune
	for _, digit := range fmt.Sprintf("%06d", 900_000+n) {
		typed = append(typed, '٠'+digit-'0')
	}
	return string(typed)
}

// sitting is a citizen who said yes in this browser and chose a PIN.
func (s *system) sitting(link string, scopes ...string) (b *browser, ref string) {
	s.t.Helper()
	b = s.browser()
	ref, _ = b.visit(link)
	b.want(http.StatusSeeOther, b.choose(ref, "ja", url.Values{"scope": scopes}))
	b.want(http.StatusSeeOther, b.choose(ref, "pincode", url.Values{"nieuwepin": {chosenPIN}, "nieuwepin2": {chosenPIN}}))
	return b, ref
}

// TestAPINAllowsMoreLaterAndTheLinkAloneDoesNot walks the sitting: yes, PIN;
// later, in another browser: narrow, and widen with the PIN.
func TestAPINAllowsMoreLaterAndTheLinkAloneDoesNot(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		link := c.Participants[0].ConsentURL
		sitting, ref := s.sitting(link, "coach", "peers")
		done := sitting.want(200, sitting.get("/toestemming/klaar"))
		if !strings.Contains(string(done.body), "U heeft een pincode") || strings.Contains(string(done.body), chosenPIN) {
			t.Error("the page after the yes does not say that there is a PIN, or says which")
		}
		scopes := func() string {
			return strings.Join(decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))).Scopes, " ")
		}
		later := s.browser()
		later.visit(link)
		later.want(http.StatusSeeOther, later.choose(ref, "minder", url.Values{"scope": {"coach"}}))
		widen := func(pin ...string) answer {
			return later.choose(ref, "ja", url.Values{"scope": {"peers"}, "pin": pin})
		}
		for _, pin := range [][]string{nil, {""}, {guessedPIN(1)}} {
			if page := later.want(http.StatusForbidden, widen(pin...)); !strings.Contains(string(page.body), "Deze pincode klopt niet.") {
				t.Errorf("the page does not say that the PIN is wrong: %.300s", page.body)
			}
		}
		if got := scopes(); got != "coach" {
			t.Fatalf("scopes %q after narrowing, want coach", got)
		}
		later.want(http.StatusSeeOther, widen("480 271"))
		if got := scopes(); got != "coach peers" {
			t.Errorf("scopes %q after the PIN, want both", got)
		}
		// The wish to look back: with the link alone not, taking it back with it.
		wish := url.Values{"bevestig": {"ja"}}
		later.want(http.StatusForbidden, later.choose(ref, "terugkijken", wish))
		sitting.want(http.StatusSeeOther, sitting.choose(ref, "terugkijken", wish))
		lookback := func() bool {
			return decodeAs[struct{ Lookback bool }](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))).Lookback
		}
		if !lookback() {
			t.Error("the klantmanager does not hear of the wish to look back")
		}
		later.want(http.StatusSeeOther, later.choose(ref, "niet-terugkijken", nil))
		if lookback() {
			t.Error("the wish was not taken back")
		}
	})
}

// TestGuessedPINsFindNothingAndSlowNobodyElse: who holds a link tries PINs,
// from one address and from many, behind a proxy and not.
func TestGuessedPINsFindNothingAndSlowNobodyElse(t *testing.T) {
	const tries = 500 // in each of the four ways; consent tries ten thousand
	for _, g := range guessers() {
		t.Run(g.name, func(t *testing.T) {
			s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.TrustedProxies = g.proxies })
			noor := s.as("noor")
			c, other := noor.ask("citizen"), noor.ask("citizen")
			s.sitting(c.Participants[0].ConsentURL)
			owner, ownersRef := s.sitting(other.Participants[0].ConsentURL)

			refs := map[*browser]string{}
			answered := map[int]int{}
			began := time.Now()
			for n := range tries {
				b, header := g.ask(s, n)
				if refs[b] == "" {
					refs[b], _ = b.visit(c.Participants[0].ConsentURL)
				}
				header["Content-Type"] = "application/x-www-form-urlencoded"
				form := url.Values{"r": {refs[b]}, "keuze": {"ja"}, "scope": {"coach"}, "pin": {guessedPIN(n)}}
				answered[b.send("POST", "/toestemming", header, strings.NewReader(form.Encode())).StatusCode]++
			}
			hours := int(time.Since(began)/time.Hour) + 2
			if looked := answered[http.StatusForbidden]; looked < 5 || looked > 5*hours || looked+answered[http.StatusTooManyRequests] != tries {
				t.Errorf("%d tries were answered %v; five an hour may be looked at", tries, answered)
			}
			// Also the right one waits, and nothing was widened.
			b, _ := g.ask(s, 0)
			b.want(http.StatusTooManyRequests, b.choose(refs[b], "ja", url.Values{"scope": {"coach"}, "pin": {chosenPIN}}))
			if got := decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))); len(got.Scopes) > 0 {
				t.Errorf("someone who guessed allowed %v", got.Scopes)
			}
			// The owner of another record is not slowed.
			owner.want(http.StatusSeeOther, owner.choose(ownersRef, "ja", url.Values{"scope": {"coach"}, "pin": {chosenPIN}}))
		})
	}
}
