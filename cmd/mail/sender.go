package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"vakspiegel/cmd/config"
	"vakspiegel/consent"
)

// patience is how long the server may take, all in all.
const patience = 10 * time.Second

// Sender is a mail server with who writes to it; it is consent.Mailer.
type Sender struct {
	from    *netmail.Address
	host    string
	options []mail.Option
}

// Address is what letters come from, without a name.
func (s *Sender) Address() string { return s.from.Address }

// New reads a server's address (see the package comment) and the sender's, as in
// "Gemeente Voorbeeld <vakspiegel@voorbeeld.nl>". It does not connect. Errors:
// what is wrong with them, without user and password.
func New(server, from string) (*Sender, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("must be smtp://HOST:587 or smtps://HOST:465") // not err: it repeats the password
	}
	address, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, errors.New("the sender is no e-mail address")
	}
	s := &Sender{from: address, host: u.Hostname(), options: []mail.Option{mail.WithTimeout(patience)}}
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, errors.New("the port is no number")
		}
	}
	policy := mail.TLSMandatory
	if config.Loopback(u.Hostname()) {
		policy = mail.TLSOpportunistic
	}
	s.options = append(s.options, mail.WithPort(port), mail.WithTLSPolicy(policy))
	if u.Scheme == "smtps" {
		s.options = append(s.options, mail.WithSSL())
	}
	if password, ok := u.User.Password(); ok {
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return s, nil
}

// Send hands one letter over. Errors: consent.ErrMailAddress when the server
// takes no mail for it; consent.ErrMailUnavailable when the letter certainly did
// not go; consent.ErrMailUnsure when it may have.
func (s *Sender) Send(ctx context.Context, letter consent.Letter) error {
	message, err := s.message(letter)
	if err != nil {
		return consent.ErrMailAddress
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return consent.ErrMailUnavailable
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return consent.ErrMailUnavailable
	}
	defer client.Close()
	return outcome(client.Send(message))
}

// Check connects and signs in, and sends nothing.
func (s *Sender) Check(ctx context.Context) error {
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("%s does not answer: %w", s.host, err)
	}
	return client.Close()
}

func (s *Sender) message(letter consent.Letter) (*mail.Msg, error) {
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := message.FromFormat(s.from.Name, s.from.Address); err != nil {
		return nil, err
	}
	if err := message.To(letter.To); err != nil {
		return nil, err
	}
	message.Subject(letter.Subject)
	message.SetDate()
	message.SetMessageIDWithValue(consent.NewLetterID() + "@" + domain(s.from.Address))
	message.SetGenHeader(mail.Header("Auto-Submitted"), "auto-generated")
	message.SetGenHeader(mail.Header("Content-Language"), letter.Language)
	message.SetBodyString(mail.TypeTextPlain, letter.Text)
	if letter.HTML != "" {
		message.AddAlternativeString(mail.TypeTextHTML, letter.HTML)
	}
	if letter.Calendar != "" {
		kind := mail.ContentType("text/calendar; method=" + letter.Method + "; charset=utf-8")
		err := message.AttachReader("intervisie.ics", strings.NewReader(letter.Calendar), mail.WithFileContentType(kind))
		if err != nil {
			return nil, err
		}
	}
	return message, nil
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// outcome says what came of a letter, without the server's words.
func outcome(err error) error {
	var failed *mail.SendError
	if err == nil {
		return nil
	}
	if !errors.As(err, &failed) {
		return consent.ErrMailUnsure
	}
	switch failed.Reason {
	case mail.ErrGetRcpts, mail.ErrSMTPRcptTo:
		if failed.IsTemp() {
			return consent.ErrMailUnavailable
		}
		return consent.ErrMailAddress
	case mail.ErrConnCheck, mail.ErrGetSender, mail.ErrSMTPMailFrom, mail.ErrSMTPData:
		return consent.ErrMailUnavailable
	case mail.ErrSMTPReset:
		return nil // it had been taken
	}
	return consent.ErrMailUnsure
}
