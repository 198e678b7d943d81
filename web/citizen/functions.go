package citizen

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"vakspiegel/consent/texts"
)

// functions are what templates may call, bound to one language.
func (p *Pages) functions(l texts.Language) template.FuncMap {
	words := p.catalogue.Words(l.Tag)
	return template.FuncMap{
		"t":       words.Say,
		"moment":  func(at any) (string, error) { return moment(l.Dates.Moment, l.Dates, at) },
		"day":     func(at any) (string, error) { return moment(l.Dates.Day, l.Dates, at) },
		"dated":   func(at any) (string, error) { return moment(l.Dates.Day+" ({hour}:{minute})", l.Dates, at) },
		"picture": picture,
		"dial":    dial,
		"inline":  inline,
		"tick":    func(id, label string, missing bool) tick { return tick{id, label, missing} },
		"missing": func(title, id, label string) any {
			return struct {
				Title string
				Tick  tick
			}{title, tick{id, label, true}}
		},
		"chosen": func(scopes []string, scope string) bool { return slices.Contains(scopes, scope) },
		"hours":  func(d time.Duration) int { return roundUp(d, time.Hour) },
		"pinfield": func(form, name, label, fault string) pinField {
			return pinField{Name: name, Form: form, Label: label, Fault: fault}
		},
	}
}

// tick is a box to tick before a button does something (invariant 8).
type tick struct {
	ID, Label string
	Missing   bool // the form came without it
}

// moment takes a time.Time or a *time.Time.
func moment(form string, dates texts.Dates, at any) (string, error) {
	switch at := at.(type) {
	case time.Time:
		return when(form, dates, at)
	case *time.Time:
		if at != nil {
			return when(form, dates, *at)
		}
	}
	return "", fmt.Errorf("citizen: no moment to show")
}
