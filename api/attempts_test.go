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

func TestWhatIsTakenBackWasNoAttempt(t *testing.T) {
	now := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	a := newAttempts(func() time.Time { return now })
	for range 3 * maxAttempts {
		if !a.allow("192.0.2.1") {
			t.Fatal("refused, though every one was taken back")
		}
		a.takeBack("192.0.2.1")
	}
	if len(a.count) != 0 {
		t.Errorf("%d clients are remembered", len(a.count))
	}
	a.allow("192.0.2.1")
	now = now.Add(attemptWindow)
	a.takeBack("192.0.2.1") // of the window before
	for i := range maxAttempts {
		if !a.allow("192.0.2.1") {
			t.Fatalf("attempt %d of the new window is refused", i+1)
		}
	}
	if a.allow("192.0.2.1") {
		t.Error("taking back in a later window gave one more")
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
