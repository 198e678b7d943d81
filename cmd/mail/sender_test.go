package mail

import (
	"context"
	"errors"
	"strings"
	"testing"

	"vakspiegel/cmd/mail/mailtest"
	"vakspiegel/consent"
)

const sender = "Gemeente Voorbeeld <vakspiegel@voorbeeld.example>"

func start(t *testing.T) (*mailtest.Server, *Sender) {
	t.Helper()
	server, err := mailtest.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s, err := New(server.URL(), sender)
	if err != nil {
		t.Fatal(err)
	}
	return server, s
}

func letter(to string) consent.Letter {
	return consent.Letter{To: to, Subject: "Een vraag", Text: "Beste inwoner", HTML: "<p>Beste inwoner</p>", Language: "nl"}
}

func TestALetterArrivesOnceInPlainAndInHTML(t *testing.T) {
	server, s := start(t)
	if err := s.Send(context.Background(), letter("inwoner@voorbeeld.example")); err != nil {
		t.Fatal(err)
	}
	letters := server.Letters()
	if len(letters) != 1 || !strings.Contains(letters[0].To, "<inwoner@voorbeeld.example>") {
		t.Fatalf("letters: %+v", letters)
	}
	for _, part := range []string{"Subject: Een vraag", "text/plain", "text/html", "<p>Beste inwoner</p>", "Content-Language: nl", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(letters[0].Body, part) {
			t.Errorf("no %q in %s", part, letters[0].Body)
		}
	}
}

func TestWhatGoesAsATextMessageIsNothingButText(t *testing.T) {
	server, s := start(t)
	plain := letter("31612345678@sms.voorbeeld.example")
	plain.HTML = ""
	if err := s.Send(context.Background(), plain); err != nil {
		t.Fatal(err)
	}
	if got := server.Letters()[0].Body; strings.Contains(got, "html") || strings.Contains(got, "multipart") || !strings.Contains(got, "Beste inwoner") {
		t.Errorf("sent: %s", got)
	}
}

func TestAnErrorSaysWhetherTheLetterWentAndNamesNoAddress(t *testing.T) {
	server, s := start(t)
	send := func(to string) error {
		t.Helper()
		err := s.Send(context.Background(), letter(to))
		if err != nil && strings.Contains(err.Error(), "onbekend") {
			t.Errorf("the error names the address: %v", err)
		}
		return err
	}
	server.Refuse("onbekend")
	if err := send("onbekend@voorbeeld.example"); !errors.Is(err, consent.ErrMailAddress) {
		t.Errorf("a refused address: %v", err)
	}
	if err := send("onbekend\r\nBcc: ander@voorbeeld.example"); !errors.Is(err, consent.ErrMailAddress) {
		t.Errorf("an address with a line in it: %v", err)
	}
	server.HangUp(true)
	if err := send("inwoner@voorbeeld.example"); !errors.Is(err, consent.ErrMailUnsure) {
		t.Errorf("a server that hangs up after the letter: %v", err)
	}
	_ = server.Close()
	if err := send("inwoner@voorbeeld.example"); !errors.Is(err, consent.ErrMailUnavailable) {
		t.Errorf("no server: %v", err)
	}
}

func TestAServerElsewhereMustSpeakTLS(t *testing.T) {
	for server, right := range map[string]bool{
		"smtp://user:geheim@mail.voorbeeld.example:587": true, "smtps://mail.voorbeeld.example": true, "smtp://127.0.0.1:2525": true,
		"http://mail.voorbeeld.example": false, "smtp://": false, "smtp://user:geheim@mail.voorbeeld.example:99999x": false,
	} {
		_, err := New(server, sender)
		if (err == nil) != right {
			t.Errorf("%s: %v", server, err)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("the error holds the password: %v", err)
		}
	}
	if _, err := New("smtps://mail.voorbeeld.example", "niemand"); err == nil {
		t.Error("a sender that is no address")
	}
}

// A server that is not on this machine and offers no STARTTLS gets nothing.
func TestPlainIsRefusedElsewhere(t *testing.T) {
	server, _ := start(t)
	s, err := New(strings.Replace(server.URL(), "127.0.0.1", "mail.voorbeeld.example", 1), sender)
	if err != nil {
		t.Fatal(err)
	}
	s.host = "127.0.0.1" // the name leads to the server of this test
	if err := s.Send(context.Background(), letter("inwoner@voorbeeld.example")); !errors.Is(err, consent.ErrMailUnavailable) {
		t.Errorf("plain to elsewhere: %v", err)
	}
	if len(server.Letters()) != 0 {
		t.Error("a letter went in plain")
	}
}
