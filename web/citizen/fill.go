package citizen

import (
	"fmt"
	"strconv"
	"time"

	"vakspiegel/consent/texts"
)

// Text is the consent text in a language, filled for this page: what staff who
// are asked themselves read on a screen of their own.
func (p *Pages) Text(lang string, page ConsentPage) (texts.Text, error) {
	return p.fill(p.catalogue.Consent(lang), page)
}

// Spoken is the text to read out in a language, filled for this page.
func (p *Pages) Spoken(lang string, page ConsentPage) (texts.Spoken, error) {
	spoken := p.catalogue.Spoken(lang)
	values := isolated(p.catalogue.Language(spoken.Language), map[string]string{
		"klantmanager": page.Klantmanager, "days": strconv.Itoa(roundUp(page.Retention, 24*time.Hour)),
	})
	var err error
	if spoken.Text, err = texts.FillSome(spoken.Text, values); err != nil {
		return spoken, err
	}
	spoken.Telephone, err = texts.FillSome(spoken.Telephone, values)
	return spoken, err
}

// fill puts the values of a page into the consent text and leaves out the
// sections that are not for this role.
func (p *Pages) fill(text texts.Text, page ConsentPage) (texts.Text, error) {
	values := isolated(p.catalogue.Language(text.Language), map[string]string{
		"klantmanager": page.Klantmanager,
		"organisation": p.organisation,
		"days":         strconv.Itoa(roundUp(page.Retention, 24*time.Hour)),
		"hours":        strconv.Itoa(roundUp(page.CoolingOff, time.Hour)),
	})
	forRole := text.Article
	forRole.Sections = nil
	for _, section := range text.Sections {
		if section.For(page.Role) {
			forRole.Sections = append(forRole.Sections, section)
		}
	}
	var err error
	if text.Article, err = p.fillArticle(forRole, values); err != nil {
		return text, err
	}
	scopes := map[string]texts.Scope{}
	for _, name := range page.Scopes {
		scope, ok := text.Scopes[name]
		if !ok {
			return text, fmt.Errorf("citizen: the consent text has no scope %q", name)
		}
		if scope.Sentence, err = texts.FillSome(scope.Sentence, values); err != nil {
			return text, err
		}
		scopes[name] = scope
	}
	text.Scopes = scopes
	for _, line := range []*string{&text.Limits, &text.ScopesAsk, &text.ScopesFree, &text.ScopesWait, &text.Yes, &text.No} {
		if *line, err = texts.FillSome(*line, values); err != nil {
			return text, err
		}
	}
	return text, nil
}

func (p *Pages) fillArticle(a texts.Article, values map[string]string) (texts.Article, error) {
	var err error
	fill := func(line string) string {
		filled, e := texts.FillSome(line, values)
		if e != nil && err == nil {
			err = e
		}
		return filled
	}
	each := func(lines []string) []string {
		filled := make([]string, len(lines))
		for i, line := range lines {
			filled[i] = fill(line)
		}
		return filled
	}
	filled := texts.Article{Title: fill(a.Title), Intro: each(a.Intro)}
	for _, s := range a.Sections {
		s.Heading, s.Answer, s.Paragraphs = fill(s.Heading), fill(s.Answer), each(s.Paragraphs)
		filled.Sections = append(filled.Sections, s)
	}
	return filled, err
}

// isolated keeps every value in its own direction (texts.Isolate).
func isolated(l texts.Language, values map[string]string) map[string]string {
	for name, value := range values {
		values[name] = texts.Isolate(l.Direction, value)
	}
	return values
}

// roundUp counts whole units, so that a promise is never shorter than the truth.
func roundUp(d, unit time.Duration) int {
	return int((d + unit - 1) / unit)
}
