package texts

import (
	"fmt"
	"path"
	"slices"
	"sort"
	"strings"
)

func (l Language) validate(file string) error {
	switch {
	case l.Name == "":
		return fmt.Errorf("%w: %s: name is missing", ErrInvalid, file)
	case l.Direction != "ltr" && l.Direction != "rtl":
		return fmt.Errorf("%w: %s: direction must be ltr or rtl", ErrInvalid, file)
	case len(l.Dates.Weekdays) != 7:
		return fmt.Errorf("%w: %s: dates.weekdays must be 7 names, from Sunday", ErrInvalid, file)
	case len(l.Dates.Months) != 12:
		return fmt.Errorf("%w: %s: dates.months must be 12 names, from January", ErrInvalid, file)
	}
	if got := sorted(places(l.Dates.Day)); !slices.Equal(got, []string{"day", "month", "year"}) {
		return fmt.Errorf("%w: %s: dates.day needs {day}, {month} and {year}", ErrInvalid, file)
	}
	if got := sorted(places(l.Dates.Moment)); !slices.Equal(got, []string{"day", "hour", "minute", "month", "weekday"}) {
		return fmt.Errorf("%w: %s: dates.moment needs {weekday}, {day}, {month}, {hour} and {minute}", ErrInvalid, file)
	}
	return nil
}

// compare holds every language, Dutch too, against the Dutch keys and places.
func (c *Catalogue) compare() error {
	model := c.folders[Authoritative]
	for _, l := range c.languages {
		other := c.folders[l.Tag]
		if err := same(path.Join(l.Tag, "pages.yaml"), model.words.byKey, other.words.byKey); err != nil {
			return err
		}
		for _, name := range Articles {
			err := same(path.Join(l.Tag, name+".yaml"), model.articles[name].flat(), other.articles[name].flat())
			if err != nil {
				return err
			}
		}
		if err := compareConsent(l.Tag, model.consent, other.consent); err != nil {
			return err
		}
		if err := compareSpoken(l.Tag, model.spoken, other.spoken); err != nil {
			return err
		}
	}
	return nil
}

func compareConsent(lang string, model, other []Text) error {
	byVersion := map[string]Text{}
	for _, text := range other {
		byVersion[text.Version] = text
	}
	for _, text := range model {
		file := path.Join(lang, "consent", text.Version+".yaml")
		translated, ok := byVersion[text.Version]
		if !ok {
			return fmt.Errorf("%w: %s: the file is missing", ErrInvalid, file)
		}
		delete(byVersion, text.Version)
		if err := same(file, text.flat(), translated.flat()); err != nil {
			return err
		}
	}
	for version := range byVersion {
		return fmt.Errorf("%w: %s: not in %s", ErrInvalid, path.Join(lang, "consent", version+".yaml"), Authoritative)
	}
	return nil
}

// same compares keys and places; an empty text counts as missing.
func same(file string, model, other map[string]string) error {
	for _, key := range keys(model) {
		text, ok := other[key]
		if !ok || strings.TrimSpace(text) == "" {
			return fmt.Errorf("%w: %s: key %q is missing", ErrInvalid, file, key)
		}
		if want, got := sorted(places(model[key])), sorted(places(text)); !slices.Equal(want, got) {
			return fmt.Errorf("%w: %s: key %q has the places %v, not %v", ErrInvalid, file, key, got, want)
		}
	}
	for _, key := range keys(other) {
		if _, ok := model[key]; !ok {
			return fmt.Errorf("%w: %s: key %q is not in %s", ErrInvalid, file, key, Authoritative)
		}
	}
	return nil
}

// flat gives every sentence of an article a key, and fixes with it what must be
// the same in all languages: order and names of sections, pictures, roles. How
// many paragraphs a translation needs is its own affair.
func (a Article) flat() map[string]string {
	flat := map[string]string{"title": a.Title, "intro": strings.Join(a.Intro, "\n")}
	for i, s := range a.Sections {
		key := fmt.Sprintf("sections[%d:%s:%s:%s]", i, s.ID, s.Picture, strings.Join(s.Roles, ","))
		flat[key+".heading"] = s.Heading
		flat[key+".paragraphs"] = strings.Join(s.Paragraphs, "\n")
		if s.Answer != "" {
			flat[key+".answer"] = s.Answer
		}
	}
	return flat
}

func (t Text) flat() map[string]string {
	flat := t.Article.flat()
	flat["limits"], flat["yes"], flat["no"] = t.Limits, t.Yes, t.No
	flat["scopesAsk"], flat["scopesFree"], flat["scopesWait"] = t.ScopesAsk, t.ScopesFree, t.ScopesWait
	for name, scope := range t.Scopes {
		flat["scopes."+name+".sentence"] = scope.Sentence
	}
	return flat
}

func keys(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	return sorted(names)
}

func sorted(names []string) []string {
	sort.Strings(names)
	return names
}
