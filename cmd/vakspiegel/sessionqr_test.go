package main

import (
	"strings"
	"testing"
)

func TestTheCodeForAPhoneIsTheAddressOfThePageForItsPeopleAlone(t *testing.T) {
	s := start(t, sqlitePair(t))
	made := s.as("noor").makeSession(peers(nil))
	path := "/api/v1/review-sessions/" + made.ID + "/qr"
	code := s.as("sem").want(200, s.as("sem").get(path))
	if got := code.Header.Get("Content-Type"); got != "image/svg+xml" || !strings.HasPrefix(string(code.body), "<svg ") {
		t.Errorf("%s: %.60s", got, code.body)
	}
	// One address for everyone: there is nothing of a person in it.
	if other := s.as("daan").want(200, s.as("daan").get(path)); string(other.body) != string(code.body) {
		t.Error("the code differs between people")
	}
	s.as("fatima").wantCode(404, "not_found", s.as("fatima").get(path))
}
