package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestAYesCountsOnlyForTheTextThatWasRead: another text came between the page
// and the answer, as with a new version of the program.
func TestAYesCountsOnlyForTheTextThatWasRead(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		b := s.browser()
		ref, page := b.visit(c.Participants[0].ConsentURL)
		version := s.api.Texts.Consent("nl").Version
		if !strings.Contains(page, `name="versie" value="`+version+`"`) {
			t.Fatal("the form does not say under which text it stands")
		}
		yes := func(version string, more url.Values) answer {
			form := url.Values{"versie": {version}, "taal": {"nl"}}
			for name, values := range more {
				form[name] = values
			}
			return b.choose(ref, "ja", form)
		}
		again := b.want(http.StatusConflict, yes("v0", url.Values{"scope": {"coach"}}))
		if body := string(again.body); !strings.Contains(body, "De tekst is net veranderd.") || !strings.Contains(body, `value="coach" autocomplete="off" checked`) {
			t.Errorf("the page does not ask to read again, or forgot what was ticked: %.400s", body)
		}
		if consent := decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))).Consent; consent != "waiting" {
			t.Fatalf("consent is %q after a yes to another text", consent)
		}
		b.want(http.StatusSeeOther, yes(version, nil))
		b.want(http.StatusSeeOther, b.choose(ref, "pincode", url.Values{"nieuwepin": {chosenPIN}, "nieuwepin2": {chosenPIN}}))
		more := url.Values{"scope": {"peers"}, "pin": {chosenPIN}}
		b.want(http.StatusConflict, yes("v0", more))
		b.want(http.StatusSeeOther, yes(version, more))
		if scopes := decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID))).Scopes; len(scopes) != 1 {
			t.Errorf("scopes %v, want peers alone", scopes)
		}
	})
}
