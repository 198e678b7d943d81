package api

import (
	"fmt"
	"testing"
	"time"
)

func TestAttemptsArePerClientAndForgetWithTheWindow(t *testing.T) {
	now := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	a := newAttempts(func() time.Time { return now })
	for i := range maxAttempts {
		if !a.allow("192.0.2.1") {
			t.Fatalf("attempt %d is refused", i+1)
		}
	}
	if a.allow("192.0.2.1") {
		t.Error("one too many is allowed")
	}
	if !a.allow("192.0.2.2") {
		t.Error("someone else is refused")
	}
	now = now.Add(attemptWindow - 1)
	if a.allow("192.0.2.1") {
		t.Error("the window ended early")
	}
	now = now.Add(1)
	if !a.allow("192.0.2.1") {
		t.Error("refused in a new window")
	}
	if len(a.count) != 1 {
		t.Errorf("%d clients are remembered; the window forgets the others", len(a.count))
	}
}

func TestAskingWhetherAnyAreLeftCountsNothing(t *testing.T) {
	a := newAttempts(time.Now)
	for i := range maxAttempts {
		if a.spent("192.0.2.1") {
			t.Fatalf("spent after %d of %d", i, maxAttempts)
		}
		a.allow("192.0.2.1")
	}
	if !a.spent("192.0.2.1") || a.spent("192.0.2.2") {
		t.Error("the one who tried all is not spent, or another is")
	}
	if len(a.count) != 1 {
		t.Errorf("%d clients are remembered; asking is no attempt", len(a.count))
	}
}

// Whoever has one IPv6 line has 2^64 addresses.
func TestAnIPv6LineIsOneClient(t *testing.T) {
	a := newAttempts(time.Now)
	for i := range maxAttempts {
		a.allow(fmt.Sprintf("2001:db8:1:2::%x", i))
	}
	for client, want := range map[string]bool{
		"2001:db8:1:2:ffff::9": false, "2001:db8:1:3::1": true, "::ffff:192.0.2.1": true, "": true, "not an address": true,
	} {
		if got := a.allow(client); got != want {
			t.Errorf("%q: allowed %v, want %v", client, got, want)
		}
	}
}
