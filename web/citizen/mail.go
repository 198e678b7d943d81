package citizen

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"vakspiegel/consent/texts"
)

// Mail is a letter: neutral on the outside, the same words in plain and in HTML.
type Mail struct{ Subject, Text, HTML string }

// MailPage is what a letter says.
type MailPage struct {
	Kind    string    // ask, remind, text: remind as a text message
	Link    string    // of ask: the participant's own
	Code    string    // of remind: the address where the code is typed
	OpensAt time.Time // of remind: when others may look
}

// mailFrame is what its template needs.
type mailFrame struct {
	Language   texts.Language
	Subject    string
	Paragraphs []string
	Link       string // after the first half of the paragraphs
	After      []string
}

// Mail writes a letter.
func (p *Pages) Mail(lang string, page MailPage) (Mail, error) {
	l := p.catalogue.Language(lang)
	f := mailFrame{Language: l, Link: page.Link}
	lines, after, err := p.lines(l, page)
	if err != nil {
		return Mail{}, err
	}
	f.Subject, f.Paragraphs, f.After = lines[0], lines[1:], after
	var html bytes.Buffer
	if err := p.byLanguage[l.Tag]["mail"].ExecuteTemplate(&html, "mail", f); err != nil {
		return Mail{}, fmt.Errorf("citizen: mail in %s: %w", l.Tag, err)
	}
	parts := append([]string{}, f.Paragraphs...)
	if f.Link != "" {
		parts = append(parts, f.Link)
	}
	return Mail{Subject: f.Subject, Text: strings.Join(append(parts, after...), "\n\n") + "\n", HTML: html.String()}, nil
}

// lines are the subject, what comes before the link, and what comes after.
func (p *Pages) lines(l texts.Language, page MailPage) (before, after []string, err error) {
	say := func(key string, pairs ...any) string {
		said, e := p.catalogue.Words(l.Tag).Say(key, pairs...)
		if e != nil && err == nil {
			err = e
		}
		return said
	}
	telephone := func() string {
		if number := p.catalogue.Organisation().Telephone; number != "" {
			return say("mail.call", "organisation", p.organisation) + " " + texts.Isolate(l.Direction, string(number))
		}
		return say("mail.call", "organisation", p.organisation)
	}
	switch page.Kind {
	case "ask":
		before = []string{
			say("mail.ask.subject", "organisation", p.organisation), say("mail.ask.what", "organisation", p.organisation),
			say("mail.ask.choose"), say("mail.ask.home"),
		}
		after = []string{say("mail.ask.yours"), say("mail.ask.nothing"), telephone(), say("mail.ask.kept")}
	case "remind", "text":
		opens, e := when(l.Dates.Moment, l.Dates, page.OpensAt)
		if e != nil {
			return nil, nil, e
		}
		before = []string{
			say("mail.remind.subject", "organisation", p.organisation), say("mail.remind.asked"),
			say("mail.remind.opens", "moment", opens), say("mail.remind.change", "address", page.Code),
		}
		if page.Kind == "text" { // two messages long at most: no greeting, no telephone
			return slices.Delete(before, 1, 2), nil, err
		}
		after = []string{telephone(), say("mail.remind.kept")}
	default:
		err = fmt.Errorf("citizen: no letter %q", page.Kind)
	}
	return before, after, err
}
